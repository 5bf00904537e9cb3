package org.mtl4j.server.trace;

import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A line a request, at level info, by a logger of its own: {@code mtl4j.access}. Fields stand in a
 * fixed order with a space between them, {@code -} for what there is not:
 *
 * <pre>time remote "method path" status bytes micros id model@version rows</pre>
 *
 * <p>The status is HTTP's for REST and the code's name for gRPC. Whatever of a path is no printable
 * ASCII, a quote or a backslash is percent-encoded, so that no request can write a line of its own.
 * Safe for several threads.
 */
public final class AccessLog implements RequestListener {
  /** The logger's name. */
  public static final String LOGGER = "mtl4j.access";

  private static final int LONGEST_PATH = 512;

  private final Logger log;
  private final InstantSource clock;

  /**
   * A log by the logger of this name.
   *
   * @param clock what its lines' times are of
   */
  public AccessLog(InstantSource clock) {
    this(LoggerFactory.getLogger(LOGGER), clock);
  }

  AccessLog(Logger log, InstantSource clock) {
    this.log = log;
    this.clock = clock;
  }

  @Override
  public void ended(RequestEnd request) {
    if (log.isInfoEnabled()) {
      log.info("{} {}", clock.instant(), line(request));
    }
  }

  /** A request's line, behind the time. */
  static String line(RequestEnd request) {
    RequestEnd.Origin origin = request.origin();
    RequestEnd.Outcome outcome = request.outcome();
    Optional<RequestEnd.Target> target = request.target();
    return "%s \"%s %s\" %s %d %d %s %s %s"
        .formatted(
            printable(origin.remote()),
            printable(origin.method()),
            printable(origin.path()),
            origin.entry() == RequestEnd.Entry.GRPC ? outcome.code() : outcome.http(),
            outcome.bytes(),
            outcome.nanos() / 1_000,
            printable(origin.id()),
            target.map(t -> printable(t.model()) + "@" + t.version()).orElse("-"),
            target.map(t -> String.valueOf(t.rows())).orElse("-"));
  }

  private static String printable(String text) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < Math.min(text.length(), LONGEST_PATH); i++) {
      char c = text.charAt(i);
      if (c > ' ' && c < 0x7f && c != '"' && c != '\\') {
        line.append(c);
      } else {
        line.append('%').append(c < 0x100 ? "%02X".formatted((int) c) : "u%04X".formatted((int) c));
      }
    }
    if (text.length() > LONGEST_PATH) {
      line.append("...");
    }
    return line.isEmpty() ? "-" : line.toString();
  }
}
