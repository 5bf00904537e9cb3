package org.mtl4j.server.fuzz;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.mtl4j.protocol.serving.ClassificationRequest;
import org.mtl4j.protocol.serving.ExampleList;
import org.mtl4j.protocol.serving.ExampleListWithContext;
import org.mtl4j.protocol.serving.InferenceTask;
import org.mtl4j.protocol.serving.Input;
import org.mtl4j.protocol.serving.ModelConfig;
import org.mtl4j.protocol.serving.ModelConfigList;
import org.mtl4j.protocol.serving.ModelServerConfig;
import org.mtl4j.protocol.serving.ModelSpec;
import org.mtl4j.protocol.serving.MultiInferenceRequest;
import org.mtl4j.protocol.serving.PredictRequest;
import org.mtl4j.protocol.serving.ReloadConfigRequest;
import org.mtl4j.protocol.tensorflow.Example;
import org.mtl4j.protocol.tensorflow.Feature;
import org.mtl4j.protocol.tensorflow.Features;
import org.mtl4j.protocol.tensorflow.Int64List;
import org.mtl4j.protocol.tensorflow.TensorProto;
import org.mtl4j.server.config.ReloadRequests;
import org.mtl4j.server.grpc.ExampleMessages;
import org.mtl4j.server.grpc.ModelSpecs;
import org.mtl4j.server.grpc.MultiInferenceMessages;
import org.mtl4j.server.grpc.PredictMessages;
import org.mtl4j.server.grpc.TensorReader;
import org.mtl4j.server.grpc.TensorWriter;
import org.mtl4j.server.request.RequestLimits;
import org.mtl4j.server.rest.ExampleReader;
import org.mtl4j.server.rest.PredictReader;
import org.mtl4j.server.rest.RestPath;
import org.mtl4j.serving.tensor.Signature;
import org.mtl4j.serving.tensor.TensorSpec;
import org.mtl4j.serving.tensor.TensorType;
import org.mtl4j.serving.tensor.TensorValue;

/** All that reads what clients send, each with bodies that it reads. */
final class Readers {
  /** Of one request. */
  static final RequestLimits LIMITS = new RequestLimits(1 << 20, 1000);

  private static final Signature SEVERAL =
      signature(
          Map.of(
              "f", TensorType.FLOAT,
              "i", TensorType.INT32,
              "s", TensorType.STRING,
              "b", TensorType.BOOL,
              "u", TensorType.UINT64));
  private static final Signature ONE = signature(Map.of("x", TensorType.STRING));

  private static final String ROWS =
      """
      {'signature_name': 's', 'instances': [
      {'f': [1.5, NaN], 'i': 3, 's': 'a', 'b': true, 'u': 7},
      {'f': [2, -0.25], 'i': -4, 's': {'b64': 'aGVsbG8='}, 'b': false, 'u': 18446744073709551615}]}
      """;
  private static final String COLUMNS =
      """
      {'inputs': {'f': [[1.5, 2e3]], 'i': [3], 's': ['a\\u00fc'], 'b': [true], 'u': [0],
      'other': {'x': [null]}}, 'more': [1, {}]}
      """;
  private static final String EXAMPLES =
      """
      {'signature_name': 's', 'context': {'c': [1, 2], 'd': 'x'}, 'examples': [
      {'a': 1.5, 'c': {'b64': 'aGVsbG8='}}, {'e': [NaN, -Infinity], 'f': [true, 7]}, {}]}
      """;

  private Readers() {}

  static List<FuzzedReader> all() {
    return List.of(
        FuzzedReader.ofText(
            "predict", body -> PredictReader.read(body, name -> SEVERAL, LIMITS), ROWS, COLUMNS),
        FuzzedReader.ofText(
            "predict of one input",
            body -> PredictReader.read(body, name -> ONE, LIMITS),
            "{'instances': ['a', {'b64': ''}, 'c']}",
            "{'inputs': [['a'], [{'b64': 'AA=='}]]}",
            "{'inputs': {'b64': 'AA=='}}"),
        FuzzedReader.ofText("examples", body -> ExampleReader.read(body, LIMITS), EXAMPLES),
        FuzzedReader.ofText(
            "path",
            body -> RestPath.parse("POST", new String(body, StandardCharsets.UTF_8)),
            "/v1/models/half%20plus/versions/12:predict",
            "/v1/models/m/labels/st%C3%A4ble:classify"),
        FuzzedReader.ofMessages(
            "PredictRequest",
            body -> PredictMessages.read(PredictRequest.parseFrom(body), SEVERAL, LIMITS),
            predict(),
            packed()),
        FuzzedReader.ofMessages(
            "TensorProto",
            body -> new TensorReader(LIMITS.bytes()).read(Map.of("x", TensorProto.parseFrom(body))),
            Stream.of(predict(), packed())
                .flatMap(request -> request.getInputsMap().values().stream())
                .toArray(TensorProto[]::new)),
        FuzzedReader.ofMessages(
            "ClassificationRequest",
            body -> ExampleMessages.read(ClassificationRequest.parseFrom(body), LIMITS),
            ClassificationRequest.newBuilder().setInput(list()).build(),
            ClassificationRequest.newBuilder().setModelSpec(spec()).setInput(context()).build()),
        FuzzedReader.ofMessages(
            "MultiInferenceRequest",
            body -> MultiInferenceMessages.read(MultiInferenceRequest.parseFrom(body), LIMITS),
            multi()),
        FuzzedReader.ofMessages(
            "ModelSpec", body -> ModelSpecs.address(ModelSpec.parseFrom(body)), spec()),
        FuzzedReader.ofMessages(
            "ReloadConfigRequest",
            body -> ReloadRequests.read(ReloadConfigRequest.parseFrom(body)),
            reload()));
  }

  private static Signature signature(Map<String, TensorType> inputs) {
    TreeMap<String, TensorSpec> specs = new TreeMap<>();
    inputs.forEach(
        (name, type) -> specs.put(name, new TensorSpec(type, Optional.empty(), name + ":0")));
    TensorSpec output = new TensorSpec(TensorType.FLOAT, Optional.empty(), "y:0");
    return new Signature("m", specs, new TreeMap<>(Map.of("y", output)));
  }

  private static ModelSpec spec() {
    return ModelSpec.newBuilder().setName("m").setVersionLabel("l").setSignatureName("s").build();
  }

  private static Map<String, TensorValue> tensors() {
    return PredictReader.read(FuzzedReader.bytes(ROWS), name -> SEVERAL, LIMITS).inputs();
  }

  private static PredictRequest predict() {
    PredictRequest.Builder request =
        PredictRequest.newBuilder().setModelSpec(spec()).addOutputFilter("y");
    tensors().forEach((name, value) -> request.putInputs(name, TensorWriter.write(value)));
    return request.build();
  }

  /** The same with the elements in {@code tensor_content}. */
  private static PredictRequest packed() {
    PredictRequest.Builder request = predict().toBuilder();
    tensors()
        .forEach(
            (name, value) -> {
              TensorProto tensor = TensorWriter.write(value);
              request.putInputs(
                  name,
                  TensorProto.newBuilder()
                      .setDtype(tensor.getDtype())
                      .setTensorShape(tensor.getTensorShape())
                      .setTensorContent(
                          value.type() == TensorType.STRING
                              ? ByteString.copyFrom(new byte[] {1, 2, 'a', 'b', 'c'})
                              : ByteString.copyFrom(value.numbers()))
                      .build());
            });
    return request.build();
  }

  private static Example example() {
    Feature feature =
        Feature.newBuilder().setInt64List(Int64List.newBuilder().addValue(5).addValue(-6)).build();
    return Example.newBuilder().setFeatures(Features.newBuilder().putFeature("x", feature)).build();
  }

  private static Input list() {
    return Input.newBuilder()
        .setExampleList(ExampleList.newBuilder().addExamples(example()).addExamples(example()))
        .build();
  }

  private static Input context() {
    return Input.newBuilder()
        .setExampleListWithContext(
            ExampleListWithContext.newBuilder()
                .setContext(example())
                .addExamples(example())
                .addExamples(Example.getDefaultInstance()))
        .build();
  }

  private static MultiInferenceRequest multi() {
    return MultiInferenceRequest.newBuilder()
        .addTasks(
            InferenceTask.newBuilder()
                .setModelSpec(spec())
                .setMethodName("tensorflow/serving/classify"))
        .addTasks(
            InferenceTask.newBuilder()
                .setModelSpec(ModelSpec.newBuilder().setName("m").setSignatureName("t"))
                .setMethodName("tensorflow/serving/regress"))
        .setInput(context())
        .build();
  }

  private static ReloadConfigRequest reload() {
    ModelConfigList.Builder models =
        ModelConfigList.newBuilder()
            .addConfig(
                ModelConfig.newBuilder()
                    .setName("a")
                    .setBasePath("/a")
                    .putVersionLabels("stable", 3)
                    .setModelPlatform("tensorflow"))
            .addConfig(ModelConfig.newBuilder().setName("b").setBasePath("/b"));
    return ReloadConfigRequest.newBuilder()
        .setConfig(ModelServerConfig.newBuilder().setModelConfigList(models))
        .build();
  }
}
