package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.graph.Sessions;
import org.mtl4j.core.manifest.ManifestFile;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.core.model.ModelContext;
import org.mtl4j.core.model.ModelInputs;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.model.OutputTensor;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.proto.NodeDef;

class ExportTest {
  private static final SmallProblem PROBLEM = SmallProblem.withFunnel("click");

  @TempDir Path folder;

  @Test
  void exportIsASavedModelWithItsManifestAndNothingElse() throws IOException {
    Path target = folder.resolve("export").resolve("1");
    ModelManifest manifest = SmallExport.write(PROBLEM, new LinearModel(), target);
    assertThat(Folders.names(target.getParent())).containsExactly("1");
    assertThat(Folders.names(target))
        .containsExactly("assets", "assets.extra", "mtl4j.json", "saved_model.pb", "variables");
    assertThat(ManifestFile.read(target)).isEqualTo(manifest);
    assertThat(manifest.outputs())
        .extracting(ModelManifest.Output::name)
        .containsExactly("click", "genre", "rating");
    assertThat(manifest.inputs())
        .extracting(ModelManifest.Input::name)
        .containsExactly("user", "hour", "age", "item", "last_item", "price", "tags");
    assertThat(manifest.certificate().rows()).isEqualTo(16);
    assertThat(manifest.certificate().largestDifference()).isBetween(0.0, 1e-5);
  }

  /** Whoever exports on their own has no run to resume. */
  @Test
  void targetThatCannotBeMadeIsSaidWithARemedyForEveryCaller() throws IOException {
    Path target = Files.writeString(folder.resolve("file"), "mine").resolve("1");
    MtlException failure =
        catchThrowableOfType(
            MtlException.class, () -> SmallExport.write(PROBLEM, new LinearModel(), target));
    assertThat(failure.code()).isEqualTo(ErrorCode.IO);
    assertThat(failure.problems().get(0).remedy()).isEqualTo("Make room or choose another folder.");
  }

  @Test
  void targetThatExistsIsRefusedAndLeftAsItWas() throws IOException {
    Path target = folder.resolve("1");
    SmallExport.write(PROBLEM, new LinearModel(), target);
    Map<String, String> before = Folders.content(folder);
    MtlException failure =
        catchThrowableOfType(
            MtlException.class, () -> SmallExport.write(PROBLEM, new LinearModel(), target));
    assertThat(failure.code()).isEqualTo(ErrorCode.OUTPUT_FOLDER);
    assertThat(failure).hasMessageContaining(target.toString());
    assertThat(Folders.content(folder)).isEqualTo(before);
  }

  /** Breaks the contract: its third forward pass, the export's, negates the logits. */
  private static final class Fickle implements MultiTaskModel {
    private int passes;

    @Override
    public ModelOutputs build(ModelInputs inputs, ModelContext context) {
      ModelOutputs honest = new LinearModel().build(inputs, context);
      passes++;
      if (passes < 3) {
        return honest;
      }
      List<OutputTensor> negated = new ArrayList<>();
      for (OutputTensor output : honest.outputs()) {
        negated.add(
            new OutputTensor.Logit(output.name(), context.graph().tf().math.neg(output.tensor())));
      }
      return ModelOutputs.of(negated, Set.of());
    }
  }

  @Test
  void exportThatComputesOtherNumbersIsRefusedAndLeavesNothing() throws IOException {
    MtlException failure =
        catchThrowableOfType(
            MtlException.class,
            () -> SmallExport.write(PROBLEM, new Fickle(), folder.resolve("1")));
    assertThat(failure.code()).isEqualTo(ErrorCode.CERTIFICATE_FAILED);
    assertThat(failure).hasMessageContaining("serving_default").hasMessageContaining("\"click\"");
    assertThat(Folders.names(folder)).isEmpty();
  }

  @Test
  void unfinishedExportOfADeadProcessIsNotInTheWay() throws IOException {
    Files.createDirectories(folder.resolve(".unfinished-1"));
    Files.writeString(folder.resolve(".unfinished-1").resolve("saved_model.pb"), "half of it");
    SmallExport.write(PROBLEM, new LinearModel(), folder.resolve("1"));
    assertThat(Folders.names(folder)).containsExactly("1");
  }

  /** The names are an API: tools read the variables by them. */
  @Test
  void exportedVariablesHaveTheNamesOfTheApiAndNoOptimiserSlotIsAmongThem() {
    Path target = folder.resolve("1");
    SmallExport.write(PROBLEM, new LinearModel(), target);
    assertThat(SmallExport.variables(target))
        .containsExactlyInAnyOrder(
            "embedding/user",
            "embedding/hour",
            "embedding/item",
            "embedding/tag",
            "head_click/logit/kernel",
            "head_click/logit/bias",
            "head_genre/logit/kernel",
            "head_genre/logit/bias",
            "head_rating/logit/kernel",
            "head_rating/logit/bias");
  }

  /** A GPU keeps numbers below float32's normal range, which are 0 in Java and on a processor. */
  @Test
  void whatGivesIdsAndNumbersStaysOnTheProcessorAndTheModelMayLeaveIt() {
    Path target = folder.resolve("1");
    SmallExport.write(PROBLEM, new LinearModel(), target);
    Map<String, NodeDef> nodes = new HashMap<>();
    try (SavedModelBundle bundle = Sessions.load(target)) {
      bundle.graph().toGraphDef().getNodeList().forEach(node -> nodes.put(node.getName(), node));
    }
    Set<String> transforms = new HashSet<>();
    for (String encoded : List.of("inputs/ids", "inputs/dense")) {
      addWithAllBefore(nodes, encoded, transforms);
    }
    assertThat(transforms).contains("inputs/user/raw", "inputs/price/raw", "inputs/tags/raw");
    for (NodeDef node : nodes.values()) {
      boolean free = List.of("MatMul", "ResourceGather", "VarHandleOp").contains(node.getOp());
      if (transforms.contains(node.getName())) {
        assertThat(node.getDevice()).as(node.getName()).isEqualTo("/device:CPU:0");
      } else if (free) {
        assertThat(node.getDevice()).as(node.getName()).isEmpty();
      }
    }
  }

  private static void addWithAllBefore(Map<String, NodeDef> nodes, String name, Set<String> found) {
    if (found.add(name)) {
      NodeDef node = nodes.get(name);
      for (int i = 0; i < node.getInputCount(); i++) {
        String input = node.getInput(i).replaceFirst("^\\^", "").replaceFirst(":.*", "");
        addWithAllBefore(nodes, input, found);
      }
    }
  }

  @Test
  void signaturesTakeRawValuesOrEncodedOnesAndGiveEveryOutput() {
    Path target = folder.resolve("1");
    SmallExport.write(PROBLEM, new LinearModel(), target);
    try (SavedModelBundle bundle = Sessions.load(target)) {
      var raw = bundle.function("serving_default").signature();
      assertThat(raw.inputNames())
          .containsExactlyInAnyOrder("user", "hour", "age", "item", "last_item", "price", "tags");
      assertThat(raw.outputNames()).containsExactlyInAnyOrder("click", "genre", "rating");
      var encoded = bundle.function("serving_encoded").signature();
      assertThat(encoded.inputNames()).containsExactlyInAnyOrder("ids", "dense");
      assertThat(encoded.outputNames()).containsExactlyInAnyOrder("click", "genre", "rating");
    }
  }
}
