package org.mtl4j.server.trace;

/** What a request asks a server to do, by the names that TensorFlow Serving's metrics have. */
public enum Api {
  /** Tensors in, tensors out. */
  PREDICT("Predict"),
  /** Examples in, scored classes out. */
  CLASSIFY("Classify"),
  /** Examples in, a number a row out. */
  REGRESS("Regress"),
  /** Examples in, results of several signatures out. */
  MULTI_INFERENCE("MultiInference"),
  /** Candidates in, the best out. */
  RECOMMEND("Recommend"),
  /** What was shown, and what came of it. */
  FEEDBACK("Feedback"),
  /** Signatures. */
  METADATA("GetModelMetadata"),
  /** States of versions. */
  STATUS("GetModelStatus"),
  /** Other models from now on. */
  RELOAD("ReloadConfig"),
  /** Probes, metrics, pages, and what there is not. */
  OTHER("Other");

  private final String label;

  Api(String label) {
    this.label = label;
  }

  /** Its name in metrics. */
  public String label() {
    return label;
  }

  /** Whether a model computes the answer: those are the requests that TensorFlow Serving counts. */
  public boolean isInference() {
    return switch (this) {
      case PREDICT, CLASSIFY, REGRESS, MULTI_INFERENCE, RECOMMEND -> true;
      case FEEDBACK, METADATA, STATUS, RELOAD, OTHER -> false;
    };
  }
}
