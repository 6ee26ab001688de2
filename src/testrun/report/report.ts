/** What the page shows of one test; its script reads it as JSON. */
export interface ReportRow {
  readonly name: string;
  readonly suites: readonly string[];
  readonly outcome: string;
  readonly bad: boolean;
  readonly milliseconds: number;
  readonly detail: string;
  readonly command: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly parts: readonly {
    readonly name: string;
    readonly outcome: string;
    readonly why: string;
  }[];
  /** Earlier runs, the latest last: outcome and time. */
  readonly history: readonly {
    readonly outcome: string;
    readonly milliseconds: number;
    readonly at: string;
  }[];
}

/** How much of the sources the tests reach, where `kaon coverage` measured it. */
export interface ReportCoverage {
  readonly files: readonly {
    readonly path: string;
    readonly lines: number;
    readonly covered: number;
  }[];
}

/** What a page tells of a test run. */
export interface HtmlReport {
  readonly project: string;
  readonly rows: readonly ReportRow[];
  readonly milliseconds: number;
  /** When the run ended. */
  readonly at: string;
  readonly coverage: ReportCoverage | undefined;
}
