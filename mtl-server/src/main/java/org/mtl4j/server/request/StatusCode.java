package org.mtl4j.server.request;

/**
 * How a request ended: gRPC's codes, and the HTTP status that TensorFlow Serving gives for each.
 */
public enum StatusCode {
  /** It was answered. */
  OK(0, 200),
  /** Its client went away. */
  CANCELLED(1, 499),
  /** Nobody knows. */
  UNKNOWN(2, 500),
  /** It asks for what no model could do. */
  INVALID_ARGUMENT(3, 400),
  /** Its time was over before it was computed. */
  DEADLINE_EXCEEDED(4, 504),
  /** There is no such model or version. */
  NOT_FOUND(5, 404),
  /** What it would make is there. */
  ALREADY_EXISTS(6, 409),
  /** Its client may not ask for this. */
  PERMISSION_DENIED(7, 403),
  /** There are too many requests. */
  RESOURCE_EXHAUSTED(8, 429),
  /** The server is not in the state for it. */
  FAILED_PRECONDITION(9, 400),
  /** Another request came between. */
  ABORTED(10, 409),
  /** It asks for what is beyond an end. */
  OUT_OF_RANGE(11, 400),
  /** The server does not do this. */
  UNIMPLEMENTED(12, 501),
  /** The server is at fault. */
  INTERNAL(13, 500),
  /** Not now. */
  UNAVAILABLE(14, 503),
  /** Something is damaged. */
  DATA_LOSS(15, 500),
  /** Nobody knows who its client is. */
  UNAUTHENTICATED(16, 401);

  private final int number;
  private final int http;

  StatusCode(int number, int http) {
    this.number = number;
    this.http = http;
  }

  /** Its number in gRPC. */
  public int number() {
    return number;
  }

  /** The HTTP status. */
  public int http() {
    return http;
  }
}
