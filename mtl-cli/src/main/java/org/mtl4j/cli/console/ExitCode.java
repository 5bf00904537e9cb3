package org.mtl4j.cli.console;

/** The exit codes of the command: an API that scripts rely on. */
public final class ExitCode {
  /** Done. */
  public static final int DONE = 0;

  /** A fault of ours. */
  public static final int FAULT = 1;

  /** Something the user typed or owns is wrong. */
  public static final int USER_INPUT = 2;

  /** A gate refused. */
  public static final int REFUSED = 3;

  /** Interrupted; what was done is saved. */
  public static final int INTERRUPTED = 130;

  private ExitCode() {}
}
