package org.mtl4j.data.download;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

/**
 * An answer of an HTTP server: the bytes of a file from some place on.
 *
 * @param connection open, to be closed
 * @param first the place of the first byte, 0 where the server gives the file whole
 * @param total the file's size; empty if the server does not say
 * @param validator what to ask for the rest with
 */
record HttpFile(
    HttpURLConnection connection, long first, OptionalLong total, Optional<String> validator)
    implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 60_000;
  private static final int MAX_REDIRECTS = 10;
  private static final int RANGE_NOT_SATISFIABLE = 416;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Set<Integer> GONE = Set.of(404, 410);

  /**
   * Asks for a file.
   *
   * @param url http or https
   * @param from the first byte that is wanted
   * @param ifRange the version whose bytes are here already; empty asks for the file whole
   */
  static HttpFile get(URI url, long from, Optional<String> ifRange) throws IOException {
    URI at = url;
    for (int i = 0; i <= MAX_REDIRECTS; i++) {
      HttpURLConnection connection = connect(at, from, ifRange);
      int status = connection.getResponseCode();
      if (!REDIRECTS.contains(status)) {
        return answer(connection, status, url, from, ifRange);
      }
      at = redirect(connection, at);
    }
    throw new IOException("more than " + MAX_REDIRECTS + " redirections");
  }

  private static HttpURLConnection connect(URI url, long from, Optional<String> ifRange)
      throws IOException {
    boolean hasHost = !url.toURL().getHost().isEmpty(); // Java's own complaint is no IOException.
    if (!hasHost || !(url.toURL().openConnection() instanceof HttpURLConnection connection)) {
      throw new IOException("no address of HTTP: " + url);
    }
    connection.setInstanceFollowRedirects(false); // Java's own stop at another protocol.
    connection.setConnectTimeout(TIMEOUT_MILLIS);
    connection.setReadTimeout(TIMEOUT_MILLIS);
    connection.setRequestProperty("Accept-Encoding", "identity");
    if (from > 0 && ifRange.isPresent()) {
      connection.setRequestProperty("Range", "bytes=" + from + "-");
      connection.setRequestProperty("If-Range", ifRange.get());
    }
    return connection;
  }

  private static URI redirect(HttpURLConnection connection, URI from) throws IOException {
    String location = connection.getHeaderField("Location");
    connection.disconnect();
    if (location == null) {
      throw new IOException("a redirection to nowhere");
    }
    URI to;
    try {
      to = from.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new IOException("a redirection to what is no address", e);
    }
    String protocol = to.getScheme() == null ? "" : to.getScheme().toLowerCase(Locale.ROOT);
    boolean weaker = from.getScheme().equalsIgnoreCase("https") && !protocol.equals("https");
    if (weaker || !Set.of("http", "https").contains(protocol)) {
      throw new IOException("a redirection from " + from.getScheme() + " to " + to);
    }
    return to;
  }

  private static HttpFile answer(
      HttpURLConnection connection, int status, URI url, long from, Optional<String> ifRange)
      throws IOException {
    switch (status) {
      case HttpURLConnection.HTTP_OK -> {
        long length = connection.getContentLengthLong();
        return new HttpFile(
            connection,
            0,
            length < 0 ? OptionalLong.empty() : OptionalLong.of(length),
            validator(connection));
      }
      case HttpURLConnection.HTTP_PARTIAL -> {
        Optional<String> version = validator(connection);
        if (from > 0 && version.isPresent() && !version.equals(ifRange)) {
          connection.disconnect();
          return get(url, 0, Optional.empty()); // The server knows Range and not If-Range.
        }
        return partial(connection, from, version);
      }
      case RANGE_NOT_SATISFIABLE -> {
        connection.disconnect();
        return get(url, 0, Optional.empty()); // What is here is longer than the file.
      }
      default -> {
        connection.disconnect();
        throw refusal(url, status);
      }
    }
  }

  private static HttpFile partial(HttpURLConnection connection, long from, Optional<String> version)
      throws IOException {
    String range = connection.getHeaderField("Content-Range");
    String[] parts = range == null ? new String[0] : range.split("[ /-]");
    boolean fits = parts.length == 4 && parts[0].equals("bytes") && parts[1].equals("" + from);
    if (!fits) {
      connection.disconnect();
      throw new IOException("asked for bytes from " + from + " on, got " + range);
    }
    OptionalLong total =
        parts[3].matches("[0-9]{1,18}")
            ? OptionalLong.of(Long.parseLong(parts[3]))
            : OptionalLong.empty();
    return new HttpFile(connection, from, total, version);
  }

  /**
   * A weak entity tag does not promise equal bytes, nor does a date where there is a tag, or one of
   * the very second of the answer (RFC 9110, 13.1.5 and 8.8.2.2).
   */
  private static Optional<String> validator(HttpURLConnection connection) {
    String tag = connection.getHeaderField("ETag");
    if (tag != null) {
      return tag.startsWith("\"") ? Optional.of(tag) : Optional.empty();
    }
    boolean strong = connection.getDate() - connection.getLastModified() >= 1_000;
    return strong
        ? Optional.ofNullable(connection.getHeaderField("Last-Modified"))
        : Optional.empty();
  }

  private static MtlException refusal(URI url, int status) {
    boolean gone = GONE.contains(status);
    return new MtlException(
        new Problem(
            gone ? ErrorCode.FILE_MISSING : ErrorCode.IO,
            url.toString(),
            gone
                ? "The server has no such file (status " + status + ")."
                : "Expected the file, found that the server answers with status " + status + ".",
            gone
                ? "The publisher may have moved it: see the set's page, and give another address by"
                    + " --from."
                : "Run the command again later, or give another address by --from."));
  }

  InputStream body() throws IOException {
    return connection.getInputStream();
  }

  @Override
  public void close() {
    connection.disconnect();
  }
}
