package org.mtl4j.server.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.server.request.RequestLimits;

/**
 * How the server is on the network.
 *
 * @param address where it listens
 * @param limits how much a request may ask for
 * @param timeout how long a request may take, unless it says less itself
 * @param shutdown how it is stopped
 * @param reloadUnder the folder under which models are that requests may have it serve; empty: none
 */
public record ServerOptions(
    Address address,
    RequestLimits limits,
    Duration timeout,
    Shutdown shutdown,
    Optional<Path> reloadUnder) {
  /** A server that takes no configuration from requests. */
  public ServerOptions(Address address, RequestLimits limits, Duration timeout, Shutdown shutdown) {
    this(address, limits, timeout, shutdown, Optional.empty());
  }

  /** What TensorFlow Serving does, on this machine's own address. */
  public static final ServerOptions DEFAULT =
      new ServerOptions(
          new Address("127.0.0.1", 8501, 8500),
          RequestLimits.DEFAULT,
          Duration.ofSeconds(30),
          new Shutdown(Duration.ZERO, Duration.ofSeconds(30)),
          Optional.empty());

  /**
   * Where to listen.
   *
   * @param host a name or number; 0.0.0.0 for all of the machine's addresses
   * @param rest the port of REST; 0 for one that is free
   * @param grpc the port of gRPC; 0 likewise
   */
  public record Address(String host, int rest, int grpc) {
    /**
     * Listens for a moment, so that a port that is taken is known before anything is loaded.
     *
     * @throws MtlException PORT_TAKEN if it cannot
     */
    public void checkFree() {
      try (ServerSocket first = new ServerSocket();
          ServerSocket second = new ServerSocket()) {
        first.bind(new InetSocketAddress(host, rest));
        second.bind(new InetSocketAddress(host, grpc));
      } catch (IOException e) {
        throw taken(e);
      }
    }

    /** What to say when it cannot be listened there. */
    MtlException taken(Throwable cause) {
      return new MtlException(
          new Problem(
              ErrorCode.PORT_TAKEN,
              "",
              "The server cannot listen on %s, ports %d and %d: %s."
                  .formatted(host, rest, grpc, cause.getMessage()),
              "Stop what listens there, or give other ports; 0 takes one that is free."),
          cause);
    }
  }

  /**
   * How to stop.
   *
   * @param drain how long requests are still taken while probes say not ready, so that load
   *     balancers see it before connections are refused
   * @param most how long requests under way then have
   */
  public record Shutdown(Duration drain, Duration most) {}
}
