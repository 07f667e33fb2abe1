/** [category, English label, Vietnamese label], in the order of charts. Each lies within the kind its name begins with. */
type Category = readonly [string, string, string];

export const OBSTACLE_CATEGORIES: readonly Category[] = [
  ['FUNDER_DIRECTION', "The funder's direction and staff", 'Định hướng và nhân sự của nhà tài trợ'],
  ['FUNDER_PAYMENT', 'How and when the funder pays', 'Cách thức và thời điểm nhà tài trợ chi trả'],
  ['FUNDER_COMMITMENT', "The funder's commitments and notice", 'Cam kết và báo trước của nhà tài trợ'],
  ['FUNDER_PAPERWORK', "The funder's paperwork", 'Thủ tục giấy tờ của nhà tài trợ'],
  ['FUNDER_RELATIONSHIP', "The funder's rules and answers", 'Quy định và phản hồi của nhà tài trợ'],
  ['EXTERNAL_DISASTER', 'Disaster and disease', 'Thiên tai và dịch bệnh'],
  ['EXTERNAL_CONFLICT', 'Conflict and government', 'Xung đột và chính quyền'],
  ['EXTERNAL_ECONOMY', 'Economy, law and other outside causes', 'Kinh tế, pháp luật và nguyên nhân bên ngoài khác'],
  ['ORGANIZATION_PEOPLE', 'People and partners', 'Con người và đối tác'],
  ['ORGANIZATION_ASSETS', 'Property and equipment', 'Tài sản và thiết bị'],
];
