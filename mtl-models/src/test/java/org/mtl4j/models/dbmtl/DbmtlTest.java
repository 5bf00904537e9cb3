package org.mtl4j.models.dbmtl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.models.ForwardTest;
import org.mtl4j.models.PlainNetwork;
import org.mtl4j.models.TaskGradients;

class DbmtlTest extends ForwardTest {
  /** The click's child is declared before the click's own parent. */
  private static final Map<String, List<String>> PARENTS =
      Map.of("click", List.of("genre"), "purchase", List.of("click", "genre"));

  @Override
  protected MultiTaskModel model() {
    return dbmtl(PARENTS);
  }

  private static Dbmtl dbmtl(Map<String, List<String>> parents) {
    return new Dbmtl(parents, List.of(12), List.of(8), List.of(6), 0, Normalization.NONE);
  }

  /** r_t = relation_t([h_t, r of each parent]), h_t = tower_t(bottom(x)). */
  @Override
  protected Map<String, double[]> hidden(PlainNetwork network, double[] x) {
    double[] bottom = network.mlp("dbmtl/bottom", 1, x);
    Map<String, double[]> hidden = new LinkedHashMap<>();
    hidden.put("genre", network.mlp("tower_genre", 1, bottom));
    hidden.put("rating", network.mlp("tower_rating", 1, bottom));
    double[] click = joined(network.mlp("tower_click", 1, bottom), hidden.get("genre"));
    hidden.put("click", network.mlp("dbmtl/relation_click", 1, click));
    double[] purchase =
        joined(
            joined(network.mlp("tower_purchase", 1, bottom), hidden.get("click")),
            hidden.get("genre"));
    hidden.put("purchase", network.mlp("dbmtl/relation_purchase", 1, purchase));
    return hidden;
  }

  private static double[] joined(double[] first, double[] second) {
    return DoubleStream.concat(DoubleStream.of(first), DoubleStream.of(second)).toArray();
  }

  @Test
  void aChildsLossReachesItsAncestorsAndNobodyElse() {
    TaskGradients gradients = TaskGradients.of(model(), PROBLEM);
    for (String scope : List.of("tower_purchase", "dbmtl/relation_click", "tower_genre")) {
      assertThat(gradients.reaches("purchase", scope)).as(scope).isTrue();
    }
    assertThat(gradients.reaches("purchase", "head_click")).isFalse();
    assertThat(gradients.reaches("purchase", "tower_rating")).isFalse();
    assertThat(gradients.reaches("click", "tower_purchase")).isFalse();
    assertThat(gradients.reaches("genre", "tower_click")).isFalse();
  }

  @Test
  void aNetworkThatIsNoneIsRefused() {
    assertThatThrownBy(() -> dbmtl(Map.of("click", List.of("buy"))).outputs(PROBLEM.tasks()))
        .hasMessageContaining("parents: expected tasks, found \"buy\"");
    assertThatThrownBy(
            () ->
                dbmtl(Map.of("click", List.of("genre"), "genre", List.of("click")))
                    .outputs(PROBLEM.tasks()))
        .hasMessageContaining("among its own ancestors")
        .hasMessageContaining("click")
        .hasMessageContaining("genre");
    assertThatThrownBy(() -> dbmtl(Map.of("click", List.of("click"))).outputs(PROBLEM.tasks()))
        .hasMessageContaining("among its own ancestors");
    assertThatThrownBy(() -> dbmtl(Map.of("click", List.of("genre", "genre"))))
        .hasMessageContaining("expected different tasks");
  }
}
