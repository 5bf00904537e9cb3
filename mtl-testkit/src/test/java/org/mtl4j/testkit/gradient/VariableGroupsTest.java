package org.mtl4j.testkit.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.balancing.StaticWeights;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.training.GradientClipping;
import org.mtl4j.core.training.GradientRules;
import org.mtl4j.core.training.Pace;
import org.mtl4j.core.training.TrainingSession;
import org.mtl4j.core.training.VariableGroup;
import org.mtl4j.testkit.SmallProblem;
import org.mtl4j.testkit.StateValues;
import org.mtl4j.testkit.TestSeed;

class VariableGroupsTest {
  private static final String ITEM = "embedding/item";
  private static final String USER = "embedding/user";
  private static final String KERNEL = "head_click/logit/kernel";

  private static GradientRules groups(VariableGroup... groups) {
    return new GradientRules(Optional.empty(), Optional.empty(), List.of(groups));
  }

  private static VariableGroup frozen(String... match) {
    return new VariableGroup(List.of(match), 1, true, Optional.empty());
  }

  private static VariableGroup slowed(double factor, String... match) {
    return new VariableGroup(List.of(match), factor, false, Optional.empty());
  }

  private static TrainingSession session(GradientRules rules) {
    return new TrainingSession(
        OneStep.PROBLEM.trainer(
            OneStep.MODEL, SmallProblem.updates(new StaticWeights()).with(rules), 1));
  }

  /** The state after a step of each of so many epochs, and at the beginning. */
  private static List<Map<String, ByteBuffer>> states(GradientRules rules, int epochs) {
    EncodedRows rows = OneStep.rows();
    List<Map<String, ByteBuffer>> states = new ArrayList<>();
    try (TrainingSession session = session(rules)) {
      states.add(StateValues.bytes(session.state()));
      for (int epoch = 0; epoch < epochs; epoch++) {
        session.step(OneStep.batch(session, rows), new Pace(epoch + 1, epoch, 1));
        states.add(StateValues.bytes(session.state()));
      }
    }
    return states;
  }

  @Test
  void whatIsFrozenAndItsSlotsKeepTheirBytes() {
    var states = states(groups(frozen(ITEM, "head_click")), 3);
    Map<String, ByteBuffer> first = states.get(0);
    Map<String, ByteBuffer> last = states.get(3);
    assertThat(first)
        .doesNotContainKeys("optimizer/adam_m/" + KERNEL, "optimizer/adam_v/" + KERNEL);
    for (String name : first.keySet()) {
      if (name.endsWith(ITEM) || name.startsWith("head_click/")) {
        assertThat(last.get(name)).as(name).isEqualTo(first.get(name));
      } else {
        assertThat(last.get(name)).as(name).isNotEqualTo(first.get(name));
      }
    }
    assertThat(first).containsKeys(ITEM, USER, KERNEL, "optimizer/adam_m/head_genre/logit/kernel");
  }

  @Test
  void aStoreThatIsFrozenAsAWholeHasNoSlots() {
    assertThat(states(groups(frozen("embedding/*")), 1).get(1).keySet())
        .noneMatch(name -> name.startsWith("optimizer/adagrad/"));
  }

  @Test
  void whatIsThawedMovesFromThatEpochOn() {
    VariableGroup later = new VariableGroup(List.of(ITEM, KERNEL), 1, true, Optional.of(2));
    var states = states(groups(later), 3);
    for (String name :
        List.of(ITEM, KERNEL, "optimizer/adagrad/" + ITEM, "optimizer/adam_m/" + KERNEL)) {
      assertThat(states.get(2).get(name)).as(name).isEqualTo(states.get(0).get(name));
      assertThat(states.get(3).get(name)).as(name).isNotEqualTo(states.get(0).get(name));
    }
    assertThat(states.get(1).get(USER)).isNotEqualTo(states.get(0).get(USER));
  }

  /** Powers of two: what is halved is halved to the bit. */
  @Test
  void learningRatesAreMultipliedForWhatMatchesAlone() {
    EncodedRows rows = OneStep.rows();
    OneStep plain = OneStep.by(GradientRules.none(), rows);
    OneStep slow = OneStep.by(groups(slowed(0.5, USER, KERNEL)), rows);
    plain
        .moved()
        .forEach(
            (name, moved) -> {
              double factor = name.equals(USER) || name.equals(KERNEL) ? 0.5 : 1;
              for (int i = 0; i < moved.length; i++) {
                assertThat(slow.moved().get(name)[i])
                    .as("%s, element %d, seed %d", name, i, TestSeed.value())
                    .isCloseTo(factor * moved[i], within(factor == 1 ? 0.0 : 1e-7));
              }
            });
  }

  @Test
  void theOtherTablesOfAStoreThatIsSplitAreUpdatedAsIfItWereNot() {
    var whole = states(GradientRules.none(), 1).get(1);
    var split = states(groups(slowed(0.5, USER)), 1).get(1);
    assertThat(split.get(USER)).isNotEqualTo(whole.get(USER));
    for (String name : List.of(ITEM, "optimizer/adagrad/" + ITEM, "optimizer/adagrad/" + USER)) {
      assertThat(split.get(name)).as(name).isEqualTo(whole.get(name));
    }
  }

  @Test
  void whatIsFrozenHasNoPartInANorm() {
    EncodedRows rows = OneStep.rows();
    OneStep plain = OneStep.by(groups(frozen(ITEM, KERNEL)), rows);
    assertThat(plain.moved().get(ITEM)).containsOnly(0);
    double most = OneStep.norm(plain.moved().values()) / 2;
    OneStep clipped =
        OneStep.by(
            new GradientRules(
                Optional.empty(),
                Optional.of(
                    new GradientClipping(Optional.of(most), Optional.empty(), Optional.empty())),
                List.of(frozen(ITEM, KERNEL))),
            rows);
    assertThat(OneStep.norm(clipped.moved().values())).isCloseTo(most, within(1e-6));
  }

  @Test
  void theFirstGroupThatMatchesCounts() {
    EncodedRows rows = OneStep.rows();
    OneStep moved = OneStep.by(groups(frozen(ITEM), slowed(0.5, "embedding/*")), rows);
    assertThat(moved.moved().get(ITEM)).containsOnly(0);
    assertThat(OneStep.norm(List.of(moved.moved().get(USER)))).isPositive();
  }

  @Test
  void aPatternThatMatchesNothingListsTheNames() {
    MtlException failure =
        catchThrowableOfType(
            MtlException.class, () -> session(groups(frozen("embedding/itm", "head_*"))).close());
    assertThat(failure.code()).isEqualTo(ErrorCode.UNKNOWN_NAME);
    assertThat(failure)
        .hasMessageContaining("training.groups.0.match")
        .hasMessageContaining("found \"embedding/itm\"")
        .hasMessageContaining(KERNEL)
        .hasMessageContaining("embedding/item");
  }

  @Test
  void keysThatDoNotFitTogetherAreRefused() {
    assertThatThrownBy(() -> new VariableGroup(List.of("a"), 1, false, Optional.of(2)))
        .hasMessage("thaw_after: expected freeze: true beside it, found false");
    assertThatThrownBy(() -> new VariableGroup(List.of("a"), 0.5, true, Optional.empty()))
        .hasMessageStartingWith("learning_rate_factor: expected none beside freeze: true");
    assertThatThrownBy(() -> new VariableGroup(List.of("a"), 0, false, Optional.empty()))
        .hasMessageStartingWith("learning_rate_factor: expected a number above 0");
    assertThatThrownBy(() -> new VariableGroup(List.of(), 1, true, Optional.empty()))
        .hasMessageStartingWith("match: expected at least one pattern");
  }
}
