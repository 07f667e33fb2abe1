/** A report is a draft until it is submitted; from then on it only gains versions and shares. */
export type ReportState = 'DRAFT' | 'SUBMITTED';
export type ReportCommand =
  'saveReportSection' | 'saveReportDetails' | 'deleteDraftReport' | 'submitReport' | 'correctReport' | 'shareReport';

interface Transition {
  readonly from: ReportState;
  /** Null: the report is gone. */
  readonly to: ReportState | null;
}

export const REPORT_TRANSITIONS: Readonly<Record<ReportCommand, Transition>> = {
  saveReportSection: { from: 'DRAFT', to: 'DRAFT' },
  saveReportDetails: { from: 'DRAFT', to: 'DRAFT' },
  deleteDraftReport: { from: 'DRAFT', to: null },
  submitReport: { from: 'DRAFT', to: 'SUBMITTED' },
  correctReport: { from: 'SUBMITTED', to: 'SUBMITTED' },
  shareReport: { from: 'SUBMITTED', to: 'SUBMITTED' },
};

export function isAllowed(state: ReportState, command: ReportCommand): boolean {
  return REPORT_TRANSITIONS[command].from === state;
}
