package org.mtl4j.server.request;

/**
 * A request that is not answered. Its message goes to the client and so names inputs, outputs,
 * models and numbers of elements, never a value that the client sent.
 */
public final class RequestException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** As TensorFlow Serving has it: in gRPC a message is a header, and clients limit these. */
  private static final int MAX_LENGTH = 1024;

  private final StatusCode code;

  /** A request that ended so, and why. */
  public RequestException(StatusCode code, String message) {
    // Without a stack: these are answers, and a flood of bad requests should cost little.
    super(shortened(message), null, false, false);
    this.code = code;
  }

  private static String shortened(String message) {
    return message.length() <= MAX_LENGTH
        ? message
        : message.substring(0, MAX_LENGTH) + "...TRUNCATED";
  }

  /** A request that asks for what no model could do. */
  public static RequestException invalid(String message) {
    return new RequestException(StatusCode.INVALID_ARGUMENT, message);
  }

  /** How it ended. */
  public StatusCode code() {
    return code;
  }
}
