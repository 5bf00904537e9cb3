package org.mtl4j.models.mmoe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.testkit.SmallExport;
import org.mtl4j.testkit.SmallProblem;

class MmoeExportTest {
  /** The names are an API: tools read the variables of an export by them. */
  @Test
  void exportedVariablesHaveTheNamesOfTheApi(@TempDir Path folder) {
    Path target = folder.resolve("1");
    SmallExport.write(
        SmallProblem.withFunnel("click"), new Mmoe(3, List.of(10, 8), List.of(6), 0), target);
    List<String> layers =
        List.of(
            "mmoe/experts/dense_1",
            "mmoe/experts/dense_2",
            "mmoe/gate_click",
            "mmoe/gate_genre",
            "mmoe/gate_rating",
            "tower_click/dense_1",
            "tower_genre/dense_1",
            "tower_rating/dense_1",
            "head_click/logit",
            "head_genre/logit",
            "head_rating/logit");
    List<String> expected =
        new ArrayList<>(
            List.of("embedding/user", "embedding/hour", "embedding/item", "embedding/tag"));
    layers.forEach(layer -> expected.addAll(List.of(layer + "/kernel", layer + "/bias")));
    assertThat(SmallExport.variables(target)).containsExactlyInAnyOrderElementsOf(expected);
  }
}
