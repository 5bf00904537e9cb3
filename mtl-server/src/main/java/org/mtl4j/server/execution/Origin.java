package org.mtl4j.server.execution;

/**
 * Whose computation it is: for metrics, and for how long such ones take.
 *
 * @param model its name; empty if nobody said
 * @param version its number
 * @param signature its name; empty for what is no signature's, such as a choice among candidates
 */
public record Origin(String model, long version, String signature) {
  /** Nobody said. */
  public static final Origin UNKNOWN = new Origin("", 0, "");
}
