package org.mtl4j.server.warmup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.fail;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.serving.tensor.TensorShape;
import org.mtl4j.serving.tensor.TensorType;
import org.mtl4j.serving.tensor.TensorValue;
import org.mtl4j.testkit.TestSeed;
import org.tensorflow.example.BytesList;
import org.tensorflow.example.Example;
import org.tensorflow.example.Feature;
import org.tensorflow.framework.DataType;
import org.tensorflow.framework.TensorProto;
import org.tensorflow.framework.TensorShapeProto;
import tensorflow.serving.Classification.ClassificationRequest;
import tensorflow.serving.Inference.InferenceTask;
import tensorflow.serving.Inference.MultiInferenceRequest;
import tensorflow.serving.InputOuterClass.ExampleList;
import tensorflow.serving.InputOuterClass.Input;
import tensorflow.serving.Model.ModelSpec;
import tensorflow.serving.Predict.PredictRequest;
import tensorflow.serving.RegressionOuterClass.RegressionRequest;

/** Files whose requests are made by classes of TensorFlow Serving's own definitions. */
class WarmUpFileTest {
  private static final int PREDICT = 6;

  @TempDir Path version;

  private static PredictRequest.Builder request(String signature, String... names) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(names.length));
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setDtype(DataType.DT_STRING).setTensorShape(shape);
    List.of(names).forEach(name -> tensor.addStringVal(ByteString.copyFromUtf8(name)));
    return PredictRequest.newBuilder()
        .setModelSpec(ModelSpec.newBuilder().setName("any").setSignatureName(signature))
        .putInputs("names", tensor.build());
  }

  private static byte[] predict(PredictRequest.Builder request) {
    return LogBytes.log(PREDICT, request.build().toByteArray());
  }

  private List<WarmUpRequest> read(byte[] file) throws IOException {
    Path path = version.resolve("assets.extra/tf_serving_warmup_requests");
    Files.createDirectories(path.getParent());
    Files.write(path, file);
    List<WarmUpRequest> requests = new ArrayList<>();
    int count = new WarmUpFile(version).forEach(requests::add);
    assertThat(requests).hasSize(count);
    return requests;
  }

  private MtlException refused(byte[] file) {
    return catchThrowableOfType(MtlException.class, () -> read(file));
  }

  private static List<String> texts(TensorValue value) {
    return value.strings().stream().map(s -> new String(s, StandardCharsets.UTF_8)).toList();
  }

  @Test
  void versionWithoutAFileHasNoRequests() {
    assertThat(new WarmUpFile(version).forEach(request -> fail("a request of nothing"))).isZero();
  }

  @Test
  void requestsComeInTheirOrderWithSignatureTensorsAndOutputs() throws IOException {
    TensorProto.Builder numbers =
        TensorProto.newBuilder().setDtype(DataType.DT_FLOAT).addFloatVal(2.5f);
    numbers.getTensorShapeBuilder().addDimBuilder().setSize(3);
    List<WarmUpRequest> requests =
        read(
            LogBytes.file(
                predict(request("", "a", "\u00e9").putInputs("numbers", numbers.build())),
                predict(request("encoded").addOutputFilter("click").addOutputFilter("buy"))));
    WarmUpRequest first = requests.get(0);
    assertThat(first.record()).isEqualTo(1);
    assertThat(first.signature()).isEqualTo("serving_default");
    assertThat(first.outputs()).isEmpty();
    assertThat(texts(first.inputs().get("names"))).containsExactly("a", "\u00e9");
    TensorValue filled = first.inputs().get("numbers");
    assertThat(filled.type()).isEqualTo(TensorType.FLOAT);
    assertThat(filled.shape()).isEqualTo(TensorShape.of(3));
    assertThat(filled.numbers().getFloat(8)).isEqualTo(2.5f);
    WarmUpRequest second = requests.get(1);
    assertThat(second.record()).isEqualTo(2);
    assertThat(second.signature()).isEqualTo("encoded");
    assertThat(second.outputs()).containsExactly("click", "buy");
    assertThat(second.inputs().get("names").shape()).isEqualTo(TensorShape.of(0));
  }

  @Test
  void emptyFileHasNoRequests() throws IOException {
    assertThat(read(new byte[0])).isEmpty();
  }

  private static Input input(String... names) {
    ExampleList.Builder list = ExampleList.newBuilder();
    for (String name : names) {
      list.addExamplesBuilder()
          .getFeaturesBuilder()
          .putFeature(
              "name",
              Feature.newBuilder()
                  .setBytesList(BytesList.newBuilder().addValue(ByteString.copyFromUtf8(name)))
                  .build());
    }
    return Input.newBuilder().setExampleList(list).build();
  }

  private static ModelSpec spec(String signature) {
    return ModelSpec.newBuilder().setName("any").setSignatureName(signature).build();
  }

  private static void assertExamples(WarmUpRequest request, int record, String signature)
      throws IOException {
    assertThat(request.record()).isEqualTo(record);
    assertThat(request.signature()).isEqualTo(signature);
    assertThat(request.outputs()).isEmpty();
    List<byte[]> examples = request.inputs().get("inputs").strings();
    assertThat(examples).hasSize(2);
    Feature name = Example.parseFrom(examples.get(1)).getFeatures().getFeatureOrThrow("name");
    assertThat(name.getBytesList().getValue(0).toStringUtf8()).isEqualTo("b");
  }

  @Test
  void requestsToClassifyAndRegressGiveTheirExamples() throws IOException {
    byte[] classify =
        ClassificationRequest.newBuilder()
            .setModelSpec(spec("classes"))
            .setInput(input("a", "b"))
            .build()
            .toByteArray();
    byte[] regress = RegressionRequest.newBuilder().setInput(input("a", "b")).build().toByteArray();
    byte[] both =
        MultiInferenceRequest.newBuilder()
            .addTasks(
                InferenceTask.newBuilder()
                    .setModelSpec(spec("classes"))
                    .setMethodName("tensorflow/serving/classify"))
            .addTasks(
                InferenceTask.newBuilder()
                    .setModelSpec(spec("numbers"))
                    .setMethodName("tensorflow/serving/regress"))
            .setInput(input("a", "b"))
            .build()
            .toByteArray();
    List<WarmUpRequest> requests = new ArrayList<>();
    Path path = new WarmUpFile(version).path();
    Files.createDirectories(path.getParent());
    Files.write(
        path,
        LogBytes.file(LogBytes.log(2, classify), LogBytes.log(3, regress), LogBytes.log(4, both)));
    assertThat(new WarmUpFile(version).forEach(requests::add)).isEqualTo(3);
    assertThat(requests).hasSize(4);
    assertExamples(requests.get(0), 1, "classes");
    assertExamples(requests.get(1), 2, "serving_default");
    assertExamples(requests.get(2), 3, "classes");
    assertExamples(requests.get(3), 3, "numbers");
  }

  @ParameterizedTest
  @CsvSource({
    "2, Input is empty.",
    "3, Input is empty.",
    "4, Missing ModelSpec",
    "5, found a session run",
    "7, found a streamed predict request",
    "9, found a PredictionLog without one"
  })
  void otherRecordsAreRefusedByTheirName(int kind, String name) {
    byte[] other = LogBytes.log(kind, new byte[0]);
    MtlException failure = refused(LogBytes.file(predict(request("", "a")), other));
    assertThat(failure.code()).isEqualTo(ErrorCode.EXPORT_INVALID);
    assertThat(failure).hasMessageContaining("record 2").hasMessageContaining(name);
  }

  @Test
  void bytesThatAreNoLogAreRefused() {
    MtlException failure = refused(LogBytes.file(new byte[] {50, 100, 1}));
    assertThat(failure).hasMessageContaining("record 1").hasMessageContaining("PredictionLog");
    assertThat(failure.code()).isEqualTo(ErrorCode.EXPORT_INVALID);
  }

  /** The tensor's own message, without a value. */
  @Test
  void tensorThatIsNoneIsRefusedByItsInput() {
    TensorProto.Builder half = TensorProto.newBuilder().setDtype(DataType.DT_FLOAT);
    half.getTensorShapeBuilder().addDimBuilder().setSize(2);
    half.setTensorContent(ByteString.copyFrom(new byte[7]));
    MtlException failure =
        refused(LogBytes.file(predict(request("").putInputs("age", half.build()))));
    assertThat(failure)
        .hasMessageContaining("record 1")
        .hasMessageContaining("Input \"age\": expected 8 bytes of tensor_content, found 7");
  }

  /** Every byte of a file counts, but where it is cut between two records. */
  @Test
  void damageAnywhereIsNoticedWithTheRecordItIsIn() {
    byte[] first = LogBytes.file(predict(request("", "a", "b")));
    byte[] second = LogBytes.file(predict(request("other", "c")));
    byte[] whole = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, whole, first.length, second.length);
    Random random = TestSeed.random();
    for (int at = 0; at < whole.length; at++) {
      byte[] changed = whole.clone();
      changed[at] ^= (byte) (1 << random.nextInt(8));
      String record = at < first.length ? "record 1" : "record 2";
      assertThat(refused(changed)).as("byte %d", at).hasMessageContaining(record);
      if (at != 0 && at != first.length) {
        byte[] cut = Arrays.copyOf(whole, at);
        assertThat(refused(cut)).as("cut at %d", at).hasMessageContaining(record);
      }
    }
  }

  @Test
  void aThousandRecordsAreReadAndOneMoreIsRefused() throws IOException {
    byte[][] records = new byte[1_001][];
    Arrays.fill(records, predict(request("", "a")));
    assertThat(read(LogBytes.file(Arrays.copyOf(records, 1_000)))).hasSize(1_000);
    MtlException failure = refused(LogBytes.file(records));
    assertThat(failure).hasMessageContaining("record 1001").hasMessageContaining("1,000");
  }

  @Test
  void recordOfMoreThanTheLimitIsRefusedByItsLengthAlone() {
    byte[] header = Arrays.copyOf(LogBytes.file(new byte[WarmUpFile.MAX_RECORD_BYTES + 1]), 12);
    assertThat(refused(header)).hasMessageContaining("67,108,864").hasMessageContaining("record 1");
  }

  @Test
  void whatTheReaderOfRequestsThrowsComesThroughAndEndsTheReading() throws IOException {
    byte[] record = predict(request("", "a"));
    Path path = new WarmUpFile(version).path();
    Files.createDirectories(path.getParent());
    Files.write(path, LogBytes.file(record, record));
    List<WarmUpRequest> seen = new ArrayList<>();
    assertThatThrownBy(
            () ->
                new WarmUpFile(version)
                    .forEach(
                        request -> {
                          seen.add(request);
                          throw new IllegalArgumentException("no such input");
                        }))
        .hasMessage("no such input");
    assertThat(seen).hasSize(1);
  }
}
