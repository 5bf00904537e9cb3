package org.mtl4j.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Int64Value;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.protocol.serving.ClassificationRequest;
import org.mtl4j.protocol.serving.Input;
import org.mtl4j.protocol.serving.ModelSpec;
import org.mtl4j.protocol.serving.RegressionRequest;
import org.mtl4j.server.example.Classifications;
import org.mtl4j.server.example.ExampleRequest;
import org.mtl4j.server.example.Regressions;
import org.mtl4j.server.request.ModelAddress;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.request.RequestLimits;
import org.mtl4j.server.request.StatusCode;
import org.tensorflow.example.Example;
import org.tensorflow.example.Feature;
import org.tensorflow.example.Features;
import org.tensorflow.example.Int64List;
import tensorflow.serving.Classification;
import tensorflow.serving.InputOuterClass;
import tensorflow.serving.Model;
import tensorflow.serving.RegressionOuterClass;

/** Messages of Classify and Regress, written and read by TensorFlow Serving's own classes. */
class ExampleMessagesTest {
  private static Example example(String feature, long value) {
    return Example.newBuilder()
        .setFeatures(
            Features.newBuilder()
                .putFeature(
                    feature,
                    Feature.newBuilder()
                        .setInt64List(Int64List.newBuilder().addValue(value))
                        .build()))
        .build();
  }

  @Test
  void examplesOfTheirs() throws InvalidProtocolBufferException {
    Classification.ClassificationRequest theirs =
        Classification.ClassificationRequest.newBuilder()
            .setModelSpec(Model.ModelSpec.newBuilder().setName("m").setSignatureName("s"))
            .setInput(
                InputOuterClass.Input.newBuilder()
                    .setExampleList(
                        InputOuterClass.ExampleList.newBuilder()
                            .addExamples(example("x", 1))
                            .addExamples(example("y", -2))))
            .build();
    ExampleRequest request =
        ExampleMessages.read(
            ClassificationRequest.parseFrom(theirs.toByteString()), RequestLimits.DEFAULT);
    assertThat(request.signature()).isEqualTo("s");
    assertThat(request.rows()).isEqualTo(2);
    assertThat(Example.parseFrom(request.examples().strings().get(0))).isEqualTo(example("x", 1));
    assertThat(Example.parseFrom(request.examples().strings().get(1))).isEqualTo(example("y", -2));
  }

  @Test
  void examplesWithContextOfTheirs() throws InvalidProtocolBufferException {
    RegressionOuterClass.RegressionRequest theirs =
        RegressionOuterClass.RegressionRequest.newBuilder()
            .setInput(
                InputOuterClass.Input.newBuilder()
                    .setExampleListWithContext(
                        InputOuterClass.ExampleListWithContext.newBuilder()
                            .setContext(example("x", 5))
                            .addExamples(example("x", 1))
                            .addExamples(example("y", 2))))
            .build();
    ExampleRequest request =
        ExampleMessages.read(
            RegressionRequest.parseFrom(theirs.toByteString()), RequestLimits.DEFAULT);
    assertThat(request.signature()).isEqualTo("serving_default");
    assertThat(Example.parseFrom(request.examples().strings().get(0))).isEqualTo(example("x", 1));
    assertThat(Example.parseFrom(request.examples().strings().get(1)))
        .isEqualTo(example("x", 5).toBuilder().mergeFrom(example("y", 2)).build());
  }

  @Test
  void noExamples() {
    for (Input input :
        List.of(
            Input.getDefaultInstance(),
            Input.newBuilder().setExampleList(Input.newBuilder().getExampleList()).build(),
            Input.newBuilder()
                .setExampleListWithContext(Input.newBuilder().getExampleListWithContext())
                .build())) {
      assertThatThrownBy(() -> ExampleMessages.examples(input, RequestLimits.DEFAULT))
          .isInstanceOfSatisfying(
              RequestException.class,
              e -> assertThat(e.code()).isEqualTo(StatusCode.INVALID_ARGUMENT))
          .hasMessage("Input is empty.");
    }
  }

  @Test
  void repliesAreTheirs() throws InvalidProtocolBufferException {
    ModelSpec spec = ModelSpecs.of("m", 7, "s");
    Classifications classes =
        new Classifications(
            List.of(
                List.of(
                    new Classifications.ScoredClass("a", 0.25f),
                    new Classifications.ScoredClass("b", 0.5f)),
                List.of()));
    Classification.ClassificationResponse classified =
        Classification.ClassificationResponse.parseFrom(
            ExampleMessages.write(classes, spec).toByteString());
    assertThat(classified.getModelSpec().getName()).isEqualTo("m");
    assertThat(classified.getModelSpec().getVersion().getValue()).isEqualTo(7);
    assertThat(classified.getModelSpec().getSignatureName()).isEqualTo("s");
    assertThat(classified.getResult().getClassificationsCount()).isEqualTo(2);
    assertThat(classified.getResult().getClassifications(0).getClasses(1).getLabel())
        .isEqualTo("b");
    assertThat(classified.getResult().getClassifications(0).getClasses(1).getScore())
        .isEqualTo(0.5f);
    RegressionOuterClass.RegressionResponse regressed =
        RegressionOuterClass.RegressionResponse.parseFrom(
            ExampleMessages.write(new Regressions(List.of(1.5f, -2f)), spec).toByteString());
    assertThat(regressed.getResult().getRegressionsList())
        .extracting(RegressionOuterClass.Regression::getValue)
        .containsExactly(1.5f, -2f);
  }

  @Test
  void modelsByName() {
    ModelSpec.Builder spec = ModelSpec.newBuilder().setName("m");
    assertThat(ModelSpecs.address(spec.build())).isEqualTo(ModelAddress.latest("m"));
    assertThat(ModelSpecs.address(spec.setVersion(Int64Value.of(0)).build()))
        .isEqualTo(ModelAddress.of("m", 0));
    assertThat(ModelSpecs.address(spec.setVersionLabel("stable").build()))
        .isEqualTo(ModelAddress.labelled("m", "stable"));
    assertThat(ModelSpecs.address(spec.setVersionLabel("").build()))
        .isEqualTo(ModelAddress.latest("m"));
    assertThatThrownBy(() -> ModelSpecs.address(ModelSpec.getDefaultInstance()))
        .isInstanceOf(RequestException.class)
        .hasMessage("Missing ModelSpec");
    assertThatThrownBy(
            () -> ModelSpecs.address(ModelSpec.newBuilder().setSignatureName("s").build()))
        .hasMessage("ModelSpec has no name specified.");
  }
}
