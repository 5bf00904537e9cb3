package org.mtl4j.server.http;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.common.grpc.GrpcSerializationFormats;
import com.linecorp.armeria.common.util.EventLoopGroups;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServerPort;
import com.linecorp.armeria.server.ServerTlsConfig;
import com.linecorp.armeria.server.grpc.GrpcService;
import io.grpc.BindableService;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.ssl.ClientAuth;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.server.inference.Inference;
import org.mtl4j.server.page.PageData;
import org.mtl4j.server.security.Connections;
import org.mtl4j.server.security.TlsIdentity;
import org.mtl4j.server.trace.RequestListener;

/** The server on the network. Close it to stop it: requests under way are answered. */
public final class ServingServer implements AutoCloseable {
  private final ServerOptions options;
  private final Operations operations;

  /** Without a time that nothing comes in, Armeria cuts requests under way off. */
  private static final Duration QUIET = Duration.ofMillis(200);

  private static final Duration LONGEST_ACCEPTING = Duration.ofSeconds(2);

  /** Of one connection; a client of gRPC has others wait, or makes another connection. */
  private static final int MOST_STREAMS = 1_000;

  private final Reading reading = Reading.usual();
  private final Readiness readiness;
  private final Leaving leaving = new Leaving();
  private final Server server;

  /**
   * A server that does not listen yet.
   *
   * @param options where and how
   * @param inference what answers, which stays the caller's
   * @param operations who looks at it, and who comes in
   * @throws MtlException if a file of keys or certificates cannot be used
   */
  public ServingServer(ServerOptions options, Inference inference, Operations operations) {
    this.options = options;
    this.operations = operations;
    this.readiness = new Readiness(inference.models());
    this.server = build(inference);
  }

  private ServerPort port(int number) {
    return new ServerPort(
        new InetSocketAddress(options.address().host(), number),
        operations.protection().tls().isPresent() ? SessionProtocol.HTTPS : SessionProtocol.HTTP);
  }

  /** The thread that takes connections: Netty's usual one stays two seconds without work. */
  private static EventLoopGroup acceptor(String name) {
    return EventLoopGroups.builder()
        .numThreads(1)
        .threadFactory(work -> new Thread(work, name))
        .gracefulShutdown(Duration.ZERO, LONGEST_ACCEPTING)
        .build();
  }

  private Server build(Inference inference) {
    ServerBuilder builder =
        Server.builder()
            .port(port(options.address().rest()))
            .port(port(options.address().grpc()))
            .requestTimeout(options.timeout())
            .maxRequestLength(options.limits().bytes())
            .bossGroupFactory(ServingServer::acceptor)
            .childChannelPipelineCustomizer(leaving::taken)
            .gracefulShutdownTimeout(QUIET, longer(QUIET, options.shutdown().most()))
            .disableServerHeader()
            .errorHandler(new ErrorReplies())
            .accessLogWriter(ended(), false)
            .decorator(new GrpcTimeouts(options.timeout()))
            .decorator(
                new Gate(
                    operations.protection().access(),
                    operations.page() ? PageService.OPEN : Set.of(),
                    System::nanoTime))
            .decorator(leaving)
            .decorator(RequestNotes::begin);
    protect(builder, operations.protection());
    RankingCalls ranking = new RankingCalls(inference, operations.feedback());
    HealthService health = new HealthService(readiness);
    builder.serviceUnder("/v2", health);
    operations
        .metrics()
        .ifPresent(metrics -> builder.service(MetricsService.PATH, new MetricsService(metrics)));
    if (operations.page()) {
      PageService page = new PageService(new PageData(inference.models(), operations.metrics()));
      PageService.PATHS.forEach(path -> builder.service(path, page));
    }
    builder.service(grpc(inference, ranking));
    builder.serviceUnder(
        "/", paths(new RestService(inference, options.limits(), ranking, reading)));
    return builder.build();
  }

  private GrpcService grpc(Inference inference, RankingCalls ranking) {
    GrpcCalls calls = new GrpcCalls(inference, reading);
    Reloading reloading = new Reloading(inference.models(), options.reloadUnder());
    List<BindableService> services =
        List.of(
            new GrpcPredictionService(calls, inference, options.limits()),
            new GrpcRankingService(calls, ranking),
            new GrpcModelService(inference.models(), reloading),
            new GrpcHealthService(readiness));
    return GrpcService.builder()
        .addServiceDefinitions(services.stream().map(HeapMessages::of).toList())
        .exceptionHandler(new GrpcFailures())
        // Those of JSON, which nobody speaks to TensorFlow Serving, have classes made for every
        // message: half a second of each start.
        .supportedSerializationFormats(GrpcSerializationFormats.PROTO)
        .maxRequestMessageLength((int) options.limits().bytes())
        .build();
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  private static void protect(ServerBuilder builder, Protection protection) {
    Connections connections = protection.connections();
    builder
        .maxNumConnections(connections.most())
        .idleTimeout(connections.idle())
        .http1MaxInitialLineLength(connections.headerBytes())
        .http1MaxHeaderSize(connections.headerBytes())
        .http2MaxHeaderListSize(connections.headerBytes())
        .http2MaxStreamsPerConnection(MOST_STREAMS)
        .setHeader("x-content-type-options", "nosniff")
        .setHeader("cache-control", "no-store")
        .setHeader("content-security-policy", "default-src 'none'; frame-ancestors 'none'")
        .setHeader("referrer-policy", "no-referrer");
    protection
        .tls()
        .ifPresent(
            files ->
                builder.tlsProvider(
                    new TlsIdentity(files, System::nanoTime),
                    ServerTlsConfig.builder()
                        .clientAuth(
                            files.clients().isPresent() ? ClientAuth.REQUIRE : ClientAuth.NONE)
                        .build()));
  }

  private EndedRequests ended() {
    List<RequestListener> listeners = new ArrayList<>();
    operations.metrics().ifPresent(metrics -> listeners.add(metrics.requests()));
    listeners.addAll(operations.listeners());
    return new EndedRequests(listeners);
  }

  /** TensorFlow Serving takes {@code /V1/} as well. */
  private static HttpService paths(RestService rest) {
    return (context, request) -> {
      String path = context.path().toLowerCase(Locale.ROOT);
      return path.startsWith("/v1/") ? rest.serve(context, request) : notFound();
    };
  }

  private static HttpResponse notFound() {
    return RestService.notFound();
  }

  /**
   * Begins to listen.
   *
   * @throws MtlException PORT_TAKEN if it cannot
   */
  public void start() {
    try {
      server.start().join();
    } catch (CompletionException e) {
      throw options.address().taken(e.getCause());
    }
  }

  /** The port of REST that it listens on. */
  public int restPort() {
    return listening().get(0);
  }

  /** The port of gRPC that it listens on. */
  public int grpcPort() {
    return listening().get(1);
  }

  /** In the order in which they were given. */
  private List<Integer> listening() {
    return server.activePorts().values().stream().map(p -> p.localAddress().getPort()).toList();
  }

  /** Says that it is not ready, waits a while, takes no more requests, and ends those under way. */
  @Override
  public void close() {
    readiness.stop();
    try {
      Thread.sleep(options.shutdown().drain().toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    stop();
  }

  /** The same without the while: for a server that nobody was sent to yet. */
  public void stop() {
    readiness.stop();
    leaving.begin();
    server.stop().join();
    reading.close();
  }
}
