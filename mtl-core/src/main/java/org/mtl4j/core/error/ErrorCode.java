package org.mtl4j.core.error;

/**
 * The kinds of failure that MTL4J reports. A code is an API: scripts match on it, and docs/errors
 * lists its remedy. Every code but {@link #INTERNAL} and {@link #CERTIFICATE_FAILED} names
 * something that the user can change.
 */
public enum ErrorCode {
  /** A command line that cannot be understood, or asks of a run what its kind of model has not. */
  USAGE,
  /** The file is not YAML. */
  CONFIG_SYNTAX,
  /** A key that nothing reads. */
  CONFIG_UNKNOWN_KEY,
  /** A key that must be there is not. */
  CONFIG_MISSING_KEY,
  /** A value of the wrong type, say text where a whole number belongs. */
  CONFIG_TYPE,
  /** A value of the right type that cannot be used, say a negative batch size. */
  CONFIG_VALUE,
  /** A name (of a model, source, metric, optimiser) that nothing is bound to. */
  UNKNOWN_NAME,
  /** An expression that does not parse. */
  EXPRESSION_SYNTAX,
  /** An expression that joins values of the wrong types. */
  EXPRESSION_TYPE,
  /** A column that the source does not have. */
  COLUMN_MISSING,
  /** A file or folder that is not there. */
  FILE_MISSING,
  /** A row that the format does not allow, say with a field too many. */
  DATA_FORMAT,
  /** A value that its use does not allow, say text in a numeric column. */
  DATA_VALUE,
  /** No rows are left where some are needed. */
  NO_ROWS,
  /** A task whose training rows carry one class only. */
  ONE_CLASS,
  /** An output folder or file that is there already, or cannot be written. */
  OUTPUT_FOLDER,
  /** A checkpoint that is damaged or belongs to something else. */
  CHECKPOINT_INVALID,
  /** An export that is damaged or was not written by MTL4J. */
  EXPORT_INVALID,
  /** Runs to be compared that were measured on different rows. */
  RUNS_DIFFER,
  /** A request that lacks a value or carries one of the wrong type. */
  REQUEST_INVALID,
  /** A model whose tables, or data whose different values or rows, cannot fit into memory. */
  MEMORY,
  /** A GPU that was asked for and that TensorFlow does not have. */
  GPU_MISSING,
  /** An address that a server was to listen on and cannot. */
  PORT_TAKEN,
  /** Data that the linter found errors in, before training. */
  LINT,
  /** Rows that a run has been trained on already. */
  ALREADY_TRAINED,
  /** Training reached a loss, gradient or variable that is not a finite number. */
  DIVERGED,
  /** Reading or writing failed. */
  IO,
  /** An export whose numbers differ from the trainer's. */
  CERTIFICATE_FAILED,
  /** A fault of ours. */
  INTERNAL;

  /** Whether a gate refused what could have been done: such failures exit with 3. */
  public boolean isRefusal() {
    return this == LINT;
  }

  /** Whether the user can mend it: such failures exit with 2 or 3, the others with 1. */
  public boolean isUserInput() {
    return this != INTERNAL && this != CERTIFICATE_FAILED;
  }
}
