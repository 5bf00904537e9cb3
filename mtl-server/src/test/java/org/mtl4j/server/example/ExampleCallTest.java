package org.mtl4j.server.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.request.StatusCode;
import org.mtl4j.serving.tensor.Signature;
import org.mtl4j.serving.tensor.TensorShape;
import org.mtl4j.serving.tensor.TensorSpec;
import org.mtl4j.serving.tensor.TensorType;
import org.mtl4j.serving.tensor.TensorValue;

/** What signatures need, and what their outputs are read as. */
class ExampleCallTest {
  private static SortedMap<String, TensorSpec> specs(TensorType type, String... names) {
    SortedMap<String, TensorSpec> specs = new TreeMap<>();
    for (String name : names) {
      specs.put(name, new TensorSpec(type, Optional.empty(), name + ":0"));
    }
    return specs;
  }

  private static Signature signature(SortedMap<String, TensorSpec> inputs, String... outputs) {
    return new Signature("tensorflow/serving/predict", inputs, specs(TensorType.FLOAT, outputs));
  }

  private static void refused(ThrowingCallable call, StatusCode code, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(RequestException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(message);
  }

  private static TensorValue table(int rows, int columns, float... values) {
    return TensorValue.ofNumbers(
        TensorType.FLOAT, TensorShape.of(rows, columns), TensorValue.floats(values).numbers());
  }

  @Test
  void outputsOfSignatures() {
    SortedMap<String, TensorSpec> inputs = specs(TensorType.STRING, "inputs");
    assertThat(ExampleCall.CLASSIFY.outputs(signature(inputs, "scores", "classes")))
        .containsExactly("classes", "scores");
    assertThat(ExampleCall.CLASSIFY.outputs(signature(inputs, "scores", "other")))
        .containsExactly("scores");
    assertThat(ExampleCall.CLASSIFY.outputs(signature(inputs, "classes")))
        .containsExactly("classes");
    assertThat(ExampleCall.REGRESS.outputs(signature(inputs, "outputs")))
        .containsExactly("outputs");
  }

  @Test
  void signaturesOfOtherNames() {
    StatusCode invalid = StatusCode.INVALID_ARGUMENT;
    StatusCode unfit = StatusCode.FAILED_PRECONDITION;
    SortedMap<String, TensorSpec> inputs = specs(TensorType.STRING, "inputs");
    for (ExampleCall call : ExampleCall.values()) {
      refused(
          () -> call.outputs(signature(specs(TensorType.STRING, "a", "inputs"), "outputs")),
          invalid,
          "Expected one input Tensor.");
      refused(
          () -> call.outputs(signature(specs(TensorType.STRING, "x"), "outputs")),
          unfit,
          "inputs found in the signature, which has: [x]");
      refused(
          () -> call.outputs(signature(specs(TensorType.FLOAT, "inputs"), "outputs")),
          invalid,
          "of type float");
    }
    refused(
        () -> ExampleCall.CLASSIFY.outputs(signature(inputs, "a", "classes", "scores")),
        invalid,
        "Expected one or two output Tensors, found 3");
    refused(
        () -> ExampleCall.CLASSIFY.outputs(signature(inputs, "outputs")),
        unfit,
        "at least one of \"classes\" or \"scores\"");
    refused(
        () -> ExampleCall.REGRESS.outputs(signature(inputs, "outputs", "more")),
        invalid,
        "Expected one output Tensor.");
    refused(() -> ExampleCall.REGRESS.outputs(signature(inputs, "scores")), unfit, "has: [scores]");
  }

  @Test
  void classesAndScores() {
    TensorValue labels =
        TensorValue.ofStrings(
            TensorShape.of(2, 2), TensorValue.strings("a", "b", "c", "d").strings());
    TensorValue scores = table(2, 2, 0.1f, 0.2f, 0.3f, 0.4f);
    assertThat(Classifications.of(Map.of("classes", labels, "scores", scores), 2).rows())
        .containsExactly(
            List.of(
                new Classifications.ScoredClass("a", 0.1f),
                new Classifications.ScoredClass("b", 0.2f)),
            List.of(
                new Classifications.ScoredClass("c", 0.3f),
                new Classifications.ScoredClass("d", 0.4f)));
    assertThat(Classifications.of(Map.of("classes", labels), 2).rows().get(1).get(0))
        .isEqualTo(new Classifications.ScoredClass("c", 0));
    assertThat(Classifications.of(Map.of("scores", scores), 2).rows().get(1).get(0))
        .isEqualTo(new Classifications.ScoredClass("", 0.3f));
    StatusCode invalid = StatusCode.INVALID_ARGUMENT;
    refused(
        () -> Classifications.of(Map.of("classes", labels, "scores", table(2, 1, 1, 2)), 2),
        invalid,
        "match in dim_size(1). Got 2 vs. 1");
    refused(
        () -> Classifications.of(Map.of("scores", scores), 3),
        invalid,
        "Expected scores output batch size of 3. Got: 2");
    refused(
        () -> Classifications.of(Map.of("scores", labels), 2),
        invalid,
        "Expected scores Tensor of float. Got: string");
    refused(
        () -> Classifications.of(Map.of("scores", TensorValue.floats(1, 2)), 2),
        invalid,
        "Expected Tensor shape: [batch_size num_classes] but got [2]");
  }

  @Test
  void numbersOfRows() {
    assertThat(Regressions.of(Map.of("outputs", TensorValue.floats(1, 2)), 2).values())
        .containsExactly(1f, 2f);
    assertThat(Regressions.of(Map.of("outputs", table(2, 1, 1, 2)), 2).values())
        .containsExactly(1f, 2f);
    StatusCode invalid = StatusCode.INVALID_ARGUMENT;
    refused(
        () -> Regressions.of(Map.of("outputs", table(1, 2, 1, 2)), 1),
        invalid,
        "either [batch_size] or [batch_size, 1] but got [1,2]");
    refused(
        () -> Regressions.of(Map.of("outputs", TensorValue.floats(1, 2)), 3),
        invalid,
        "did not match output batch size: 3 vs. 2");
    refused(
        () -> Regressions.of(Map.of("outputs", TensorValue.strings("a")), 1),
        invalid,
        "Expected output Tensor of float. Got: string");
  }
}
