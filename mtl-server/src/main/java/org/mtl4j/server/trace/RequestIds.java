package org.mtl4j.server.trace;

import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The ids of requests. A client's own is taken if it can do no harm in logs and files: {@code
 * [A-Za-z0-9._-]}, 1 to 128 of them.
 */
public final class RequestIds {
  /** The header that has it, of requests and of replies. */
  public static final String HEADER = "x-request-id";

  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._-]{1,128}");

  private RequestIds() {}

  /**
   * A request's id.
   *
   * @param sent what its header has, or null
   * @return that, or else a new one
   */
  public static String of(String sent) {
    return sent != null && ALLOWED.matcher(sent).matches() ? sent : UUID.randomUUID().toString();
  }
}
