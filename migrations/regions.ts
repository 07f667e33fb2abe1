/**
 * Where grantees are, for statistics: the sub-regions of the United Nations' "Standard country or area codes for
 * statistical use" (M49), https://unstats.un.org/unsd/methodology/m49/. Countries by their ISO 3166-1 code. M49
 * does not list Taiwan, which stands where the Unicode CLDR puts it; Antarctica has no sub-region, and counts among the others.
 *
 * [M49 code, English name, Vietnamese name, countries]
 */
type Region = readonly [string, string, string, string];

// prettier-ignore
export const REGIONS: readonly Region[] = [
  ['015', 'Northern Africa', 'Bắc Phi', 'DZ EG EH LY MA SD TN'],
  ['202', 'Sub-Saharan Africa', 'Châu Phi hạ Sahara',
    'AO BF BI BJ BW CD CF CG CI CM CV DJ ER ET GA GH GM GN GQ GW IO KE KM LR LS MG ML MR MU MW MZ NA NE NG RE RW SC SH SL SN SO SS ST SZ TD TF TG TZ UG YT ZA ZM ZW'],
  ['021', 'Northern America', 'Bắc Mỹ', 'BM CA GL PM US'],
  ['419', 'Latin America and the Caribbean', 'Mỹ La-tinh và Ca-ri-bê',
    'AG AI AR AW BB BL BO BQ BR BS BV BZ CL CO CR CU CW DM DO EC FK GD GF GP GS GT GY HN HT JM KN KY LC MF MQ MS MX NI PA PE PR PY SR SV SX TC TT UY VC VE VG VI'],
  ['143', 'Central Asia', 'Trung Á', 'KG KZ TJ TM UZ'],
  ['030', 'Eastern Asia', 'Đông Á', 'CN HK JP KP KR MN MO TW'],
  ['035', 'South-eastern Asia', 'Đông Nam Á', 'BN ID KH LA MM MY PH SG TH TL VN'],
  ['034', 'Southern Asia', 'Nam Á', 'AF BD BT IN IR LK MV NP PK'],
  ['145', 'Western Asia', 'Tây Á', 'AE AM AZ BH CY GE IL IQ JO KW LB OM PS QA SA SY TR YE'],
  ['151', 'Eastern Europe', 'Đông Âu', 'BG BY CZ HU MD PL RO RU SK UA'],
  ['154', 'Northern Europe', 'Bắc Âu', 'AX DK EE FI FO GB GG IE IM IS JE LT LV NO SE SJ'],
  ['039', 'Southern Europe', 'Nam Âu', 'AD AL BA ES GI GR HR IT ME MK MT PT RS SI SM VA'],
  ['155', 'Western Europe', 'Tây Âu', 'AT BE CH DE FR LI LU MC NL'],
  ['053', 'Australia and New Zealand', 'Úc và New Zealand', 'AU CC CX HM NF NZ'],
  ['054', 'Melanesia', 'Melanesia', 'FJ NC PG SB VU'],
  ['057', 'Micronesia', 'Micronesia', 'FM GU KI MH MP NR PW UM'],
  ['061', 'Polynesia', 'Polynesia', 'AS CK NU PF PN TK TO TV WF WS'],
];
