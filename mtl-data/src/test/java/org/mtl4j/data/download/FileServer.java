package org.mtl4j.data.download;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A real HTTP server on loopback that can misbehave. */
final class FileServer implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, byte[]> files = new HashMap<>();

  /** What was asked for, one a request: the path, and Range and If-Range if they are there. */
  final List<String> asked = new ArrayList<>();

  /** Whether it knows ranges. */
  boolean ranges = true;

  /** Whether it knows If-Range. */
  boolean conditions = true;

  /** The entity tag of all files; none if it is null. */
  String tag = "\"one\"";

  /** When all files were changed last; not said if it is null. */
  String changed;

  /** Bytes after which the connection ends; all if it is negative. */
  int cutAfter = -1;

  FileServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  void put(String path, byte[] bytes) {
    files.put(path, bytes);
  }

  /** Sends whoever asks for a path to another. */
  void redirect(String from, String to) {
    server.createContext(
        from,
        exchange -> {
          asked.add(from);
          exchange.getResponseHeaders().set("Location", to);
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
  }

  /** Promises so many bytes and gives none. */
  void promise(String path, long bytes) {
    server.createContext(
        path,
        exchange -> {
          exchange.sendResponseHeaders(200, bytes);
          exchange.getResponseBody().flush();
          exchange.close();
        });
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String range = exchange.getRequestHeaders().getFirst("Range");
    String ifRange = exchange.getRequestHeaders().getFirst("If-Range");
    asked.add(path + (range == null ? "" : " " + range + " if " + ifRange));
    byte[] bytes = files.get(path);
    if (bytes == null) {
      exchange.sendResponseHeaders(404, -1);
      exchange.close();
      return;
    }
    if (tag != null) {
      exchange.getResponseHeaders().set("ETag", tag);
    }
    if (changed != null) {
      exchange.getResponseHeaders().set("Last-Modified", changed);
    }
    int from = 0;
    boolean same =
        !conditions || (ifRange != null && (ifRange.equals(tag) || ifRange.equals(changed)));
    if (ranges && range != null && same) {
      from = Integer.parseInt(range.replaceAll("[^0-9]", ""));
      if (from >= bytes.length) {
        exchange.sendResponseHeaders(416, -1);
        exchange.close();
        return;
      }
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes %d-%d/%d".formatted(from, bytes.length - 1, bytes.length));
    }
    int length = bytes.length - from;
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, length);
    OutputStream out = exchange.getResponseBody();
    out.write(bytes, from, cutAfter < 0 ? length : Math.min(cutAfter, length));
    out.flush();
    exchange.close(); // Ends the connection where the answer is cut.
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
