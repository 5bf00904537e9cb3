package org.mtl4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.protocol.ranking.RankingServiceGrpc;
import org.mtl4j.protocol.ranking.RecommendRequest;
import org.mtl4j.protocol.serving.ClassificationRequest;
import org.mtl4j.protocol.serving.ExampleList;
import org.mtl4j.protocol.serving.InferenceTask;
import org.mtl4j.protocol.serving.Input;
import org.mtl4j.protocol.serving.ModelSpec;
import org.mtl4j.protocol.serving.MultiInferenceRequest;
import org.mtl4j.protocol.serving.PredictRequest;
import org.mtl4j.protocol.serving.PredictionServiceGrpc;
import org.mtl4j.protocol.serving.RegressionRequest;
import org.mtl4j.protocol.tensorflow.Example;

/** Who asks for room, and which thread reads, when a request came over gRPC. */
class GrpcRoomTest {
  private static final ModelSpec HALF = ModelSpec.newBuilder().setName("half").build();

  @TempDir private Path folder;

  /** Calls whose messages cannot be read: what is wrong with them comes up when they are. */
  private static Map<String, Callable<?>> calls(ManagedChannel channel) {
    var prediction = PredictionServiceGrpc.newBlockingStub(channel);
    var ranking = RankingServiceGrpc.newBlockingStub(channel);
    Map<String, Callable<?>> calls = new LinkedHashMap<>();
    calls.put(
        "Predict",
        () -> prediction.predict(PredictRequest.newBuilder().setModelSpec(HALF).build()));
    calls.put(
        "Classify",
        () -> prediction.classify(ClassificationRequest.newBuilder().setModelSpec(HALF).build()));
    calls.put(
        "Regress",
        () -> prediction.regress(RegressionRequest.newBuilder().setModelSpec(HALF).build()));
    calls.put(
        "MultiInference",
        () ->
            prediction.multiInference(
                MultiInferenceRequest.newBuilder()
                    .addTasks(InferenceTask.newBuilder().setModelSpec(HALF))
                    .build()));
    calls.put(
        "Recommend",
        () -> ranking.recommend(RecommendRequest.newBuilder().setModelSpec(HALF).setK(-1).build()));
    return calls;
  }

  private static String said(Callable<?> call) {
    return StockClient.said(
        () -> {
          call.call();
          return "OK";
        });
  }

  @Test
  void aFullServerRefusesBeforeItReads() throws Exception {
    try (GatedServer server = GatedServer.start(folder)) {
      ManagedChannel channel = channel(server);
      calls(channel)
          .forEach((name, call) -> assertThat(said(call)).as(name).doesNotContain("Too many"));
      CompletableFuture<String> computing = server.predict();
      server.awaitComputing();
      CompletableFuture<String> waiting = server.predict();
      server.awaitWaiting();
      calls(channel)
          .forEach(
              (name, call) ->
                  assertThat(said(call))
                      .as(name)
                      .isEqualTo("RESOURCE_EXHAUSTED: Too many requests wait; try again later."));
      server.open();
      assertThat(computing.get()).startsWith("200 ");
      assertThat(waiting.get()).startsWith("200 ");
      channel.shutdownNow();
    }
  }

  /** Connections are served by few threads, which a large message would hold up. */
  @Test
  void aLargeMessageIsNotReadByAThreadOfConnections() throws IOException {
    Input large =
        Input.newBuilder()
            .setExampleList(
                ExampleList.newBuilder()
                    .addAllExamples(Collections.nCopies(40_000, Example.getDefaultInstance())))
            .build();
    try (GatedServer server = GatedServer.start(folder)) {
      ManagedChannel channel = channel(server);
      var prediction = PredictionServiceGrpc.newBlockingStub(channel);
      said(
          () ->
              prediction.regress(
                  RegressionRequest.newBuilder().setModelSpec(HALF).setInput(large).build()));
      assertThat(server.reader()).isEqualTo("reading");
      said(
          () ->
              prediction.regress(
                  RegressionRequest.newBuilder()
                      .setModelSpec(HALF)
                      .setInput(
                          Input.newBuilder()
                              .setExampleList(
                                  ExampleList.newBuilder()
                                      .addExamples(Example.getDefaultInstance())))
                      .build()));
      assertThat(server.reader()).startsWith("armeria-common-worker");
      channel.shutdownNow();
    }
  }

  @Test
  void whetherThereIsTheModelIsSaidBeforeWhatIsWrongWithItsTasks() throws IOException {
    ModelSpec other = ModelSpec.newBuilder().setName("other").build();
    try (GatedServer server = GatedServer.start(folder)) {
      ManagedChannel channel = channel(server);
      var prediction = PredictionServiceGrpc.newBlockingStub(channel);
      MultiInferenceRequest.Builder request =
          MultiInferenceRequest.newBuilder()
              .addTasks(InferenceTask.newBuilder().setModelSpec(other));
      assertThat(said(() -> prediction.multiInference(request.build()))).startsWith("NOT_FOUND: ");
      InferenceTask half =
          InferenceTask.newBuilder()
              .setModelSpec(HALF)
              .setMethodName("tensorflow/serving/regress")
              .build();
      request.setTasks(0, half).addTasks(InferenceTask.newBuilder().setModelSpec(other));
      assertThat(said(() -> prediction.multiInference(request.build())))
          .startsWith("INVALID_ARGUMENT: All ModelSpecs");
      channel.shutdownNow();
    }
  }

  private static ManagedChannel channel(GatedServer server) {
    return NettyChannelBuilder.forAddress("127.0.0.1", server.grpcPort()).usePlaintext().build();
  }
}
