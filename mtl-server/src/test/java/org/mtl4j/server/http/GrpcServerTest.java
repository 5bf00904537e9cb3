package org.mtl4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.example.Example;
import org.tensorflow.example.Feature;
import org.tensorflow.example.Features;
import org.tensorflow.example.FloatList;
import org.tensorflow.framework.DataType;
import org.tensorflow.framework.TensorProto;
import org.tensorflow.framework.TensorShapeProto;
import tensorflow.serving.Classification;
import tensorflow.serving.GetModelStatus;
import tensorflow.serving.InputOuterClass.ExampleList;
import tensorflow.serving.InputOuterClass.Input;
import tensorflow.serving.Model.ModelSpec;
import tensorflow.serving.ModelManagement;
import tensorflow.serving.ModelServiceGrpc;
import tensorflow.serving.Predict;
import tensorflow.serving.PredictionServiceGrpc;
import tensorflow.serving.RegressionOuterClass;

/** TensorFlow Serving's gRPC protocol, with a client that was made of its own definitions. */
class GrpcServerTest {
  @TempDir private static Path base;
  private static HalfPlusTwoServer server;
  private static ManagedChannel channel;
  private static PredictionServiceGrpc.PredictionServiceBlockingStub prediction;
  private static ModelServiceGrpc.ModelServiceBlockingStub models;

  @BeforeAll
  static void start() {
    server = HalfPlusTwoServer.start(base);
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.grpcPort()).usePlaintext().build();
    prediction = PredictionServiceGrpc.newBlockingStub(channel);
    models = ModelServiceGrpc.newBlockingStub(channel);
  }

  @AfterAll
  static void stop() {
    channel.shutdownNow();
    server.close();
  }

  private static ModelSpec.Builder half() {
    return ModelSpec.newBuilder().setName("half_plus_two");
  }

  private static TensorProto floats(float... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_FLOAT)
            .setTensorShape(
                TensorShapeProto.newBuilder()
                    .addDim(TensorShapeProto.Dim.newBuilder().setSize(values.length)));
    for (float value : values) {
      tensor.addFloatVal(value);
    }
    return tensor.build();
  }

  private static Input examples(float x) {
    Feature feature = Feature.newBuilder().setFloatList(FloatList.newBuilder().addValue(x)).build();
    return Input.newBuilder()
        .setExampleList(
            ExampleList.newBuilder()
                .addExamples(
                    Example.newBuilder()
                        .setFeatures(Features.newBuilder().putFeature("x", feature))))
        .build();
  }

  @Test
  void predicts() {
    Predict.PredictResponse reply =
        prediction.predict(
            Predict.PredictRequest.newBuilder()
                .setModelSpec(half())
                .putInputs("x", floats(1, 2, 80))
                .build());
    assertThat(reply.getOutputsOrThrow("y").getFloatValList()).containsExactly(2.5f, 3f, 42f);
    assertThat(reply.getModelSpec().getVersion().getValue()).isEqualTo(123);
    assertThat(reply.getModelSpec().getSignatureName()).isEqualTo("serving_default");
  }

  @Test
  void classifiesAndRegresses() {
    assertThat(
            prediction
                .regress(
                    RegressionOuterClass.RegressionRequest.newBuilder()
                        .setModelSpec(half().setSignatureName("regress_x_to_y"))
                        .setInput(examples(80))
                        .build())
                .getResult()
                .getRegressions(0)
                .getValue())
        .isEqualTo(42f);
    assertThat(
            prediction
                .classify(
                    Classification.ClassificationRequest.newBuilder()
                        .setModelSpec(half().setSignatureName("classify_x_to_y"))
                        .setInput(examples(20))
                        .build())
                .getResult()
                .getClassifications(0)
                .getClasses(0)
                .getScore())
        .isEqualTo(12f);
  }

  @Test
  void nobodyMayReloadUnlessItIsAllowed() {
    assertThatThrownBy(
            () ->
                models.handleReloadConfigRequest(
                    ModelManagement.ReloadConfigRequest.getDefaultInstance()))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED));
  }

  @Test
  void messagesAreProtobufAlone() throws Exception {
    for (String type : List.of("application/grpc+json", "application/grpc-web+json")) {
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create(
                      "http://127.0.0.1:%d/tensorflow.serving.ModelService/GetModelStatus"
                          .formatted(server.grpcPort())))
              .header("content-type", type)
              .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[5]))
              .build();
      assertThat(
              HttpClient.newHttpClient()
                  .send(request, HttpResponse.BodyHandlers.discarding())
                  .statusCode())
          .as(type)
          .isEqualTo(415);
    }
  }

  @Test
  void statusAndHealth() {
    var status =
        models.getModelStatus(
            GetModelStatus.GetModelStatusRequest.newBuilder().setModelSpec(half()).build());
    assertThat(status.getModelVersionStatus(0).getVersion()).isEqualTo(123);
    assertThat(status.getModelVersionStatus(0).getStateValue()).isEqualTo(30);
    HealthGrpc.HealthBlockingStub health = HealthGrpc.newBlockingStub(channel);
    assertThat(health.check(HealthCheckRequest.getDefaultInstance()).getStatus())
        .isEqualTo(HealthCheckResponse.ServingStatus.SERVING);
    assertThatThrownBy(() -> health.check(HealthCheckRequest.newBuilder().setService("no").build()))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND));
  }
}
