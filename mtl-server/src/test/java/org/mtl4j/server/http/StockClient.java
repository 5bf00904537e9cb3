package org.mtl4j.server.http;

import com.google.protobuf.TextFormat;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import tensorflow.serving.GetModelStatus;
import tensorflow.serving.Model.ModelSpec;
import tensorflow.serving.ModelManagement;
import tensorflow.serving.ModelServerConfigOuterClass.ModelServerConfig;
import tensorflow.serving.ModelServiceGrpc;
import tensorflow.serving.Predict;
import tensorflow.serving.PredictionServiceGrpc;

/** A gRPC client that others made of TensorFlow Serving's own definitions. */
final class StockClient implements AutoCloseable {
  private final ManagedChannel channel;

  StockClient(int port) {
    channel = NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
  }

  PredictionServiceGrpc.PredictionServiceBlockingStub prediction() {
    return PredictionServiceGrpc.newBlockingStub(channel);
  }

  ModelServiceGrpc.ModelServiceBlockingStub models() {
    return ModelServiceGrpc.newBlockingStub(channel);
  }

  /** A request to predict, in protobuf's text. */
  static Predict.PredictRequest predictRequest(String text) {
    Predict.PredictRequest.Builder request = Predict.PredictRequest.newBuilder();
    return merge(text, request).build();
  }

  static <T extends com.google.protobuf.Message.Builder> T merge(String text, T builder) {
    try {
      TextFormat.merge(text, builder);
      return builder;
    } catch (TextFormat.ParseException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  /** Has another configuration served: {@code OK}, or the code and what is said. */
  String reload(String config) {
    return said(
        () -> {
          ModelServerConfig.Builder wanted = merge(config, ModelServerConfig.newBuilder());
          var reply =
              models()
                  .handleReloadConfigRequest(
                      ModelManagement.ReloadConfigRequest.newBuilder().setConfig(wanted).build());
          return reply.getStatus().getErrorCode().name();
        });
  }

  /** Each version with its state. */
  String status(String model) {
    return said(
        () -> {
          StringBuilder text = new StringBuilder();
          models()
              .getModelStatus(
                  GetModelStatus.GetModelStatusRequest.newBuilder()
                      .setModelSpec(ModelSpec.newBuilder().setName(model))
                      .build())
              .getModelVersionStatusList()
              .forEach(v -> text.append(v.getVersion()).append(' ').append(v.getState()));
          return text.toString();
        });
  }

  /** What a call gives, or its code and message. */
  static String said(Callable<String> call) {
    try {
      return call.call();
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode() + ": " + e.getStatus().getDescription();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
    try {
      channel.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
