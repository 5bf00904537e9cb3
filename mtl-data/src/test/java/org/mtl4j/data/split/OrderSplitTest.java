package org.mtl4j.data.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mtl4j.data.split.TestSplits.assign;
import static org.mtl4j.data.split.TestSplits.texts;

import java.util.List;
import org.junit.jupiter.api.Test;

class OrderSplitTest {
  @Test
  void theLastRowsAreTheTestAndThoseBeforeThemValidation() {
    List<Split> splits =
        assign(new SplitRule.Order(0.2, 0.1), texts("x", "a b c d e f g h i j".split(" ")));
    assertThat(splits.subList(0, 7)).containsOnly(Split.TRAIN);
    assertThat(splits.subList(7, 10))
        .containsExactly(Split.VALIDATION, Split.VALIDATION, Split.TEST);
  }

  @Test
  void withoutSharesAllRowsAreTraining() {
    assertThat(assign(new SplitRule.Order(0, 0), texts("x", "a", "b"))).containsOnly(Split.TRAIN);
  }
}
