package org.mtl4j.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.config.TestConfigs.Categorical;
import org.mtl4j.core.config.TestConfigs.Defaults;
import org.mtl4j.core.config.TestConfigs.Everything;
import org.mtl4j.core.config.TestConfigs.Inner;
import org.mtl4j.core.config.TestConfigs.Numeric;
import org.mtl4j.core.config.TestConfigs.Precision;
import org.mtl4j.core.config.TestConfigs.RandomSplit;
import org.mtl4j.core.config.TestConfigs.Split;
import org.mtl4j.core.config.TestConfigs.Stopping;
import org.mtl4j.core.config.TestConfigs.TimeSplit;
import org.mtl4j.core.task.Expression;

class RecordBinderTest {
  static final String EVERYTHING =
      """
      epochs: 10
      seed: -9000000000
      learning_rate: 1e-3
      shuffle: true
      name: 012
      precision: bfloat_16
      where: age >= 16 and `hours-per-week` > 0
      positive: [1, no, 2026-01-01]
      features:
        zip: {type: categorical, dim: 8}
        age: {type: numeric, transform: standardize}
      early_stopping: {metric: income/auc}
      model: {type: mmoe, experts: 8, gate: {dim: 4}}
      raw: [a, {b: c}]
      """;

  private static <R> R bind(String yaml, Class<R> type) {
    return ConfigFile.parse(yaml, "a.yaml").bind(type);
  }

  @Test
  void everyKindOfComponentIsBound() {
    Everything config = bind(EVERYTHING, Everything.class);
    assertThat(config.epochs()).isEqualTo(10);
    assertThat(config.seed()).isEqualTo(-9_000_000_000L);
    assertThat(config.learningRate()).isEqualTo(0.001);
    assertThat(config.shuffle()).isTrue();
    assertThat(config.name()).isEqualTo("012");
    assertThat(config.precision()).isEqualTo(Precision.BFLOAT_16);
    assertThat(config.where()).isEqualTo(Expression.parse("age >= 16 and `hours-per-week` > 0"));
    assertThat(config.positive()).containsExactly("1", "no", "2026-01-01");
    assertThat(config.features())
        .containsExactly(
            Map.entry("zip", new Categorical(8, 1)),
            Map.entry("age", new Numeric(Numeric.Transform.STANDARDIZE)));
    assertThat(config.earlyStopping()).contains(new Stopping(3, Optional.of("income/auc")));
    assertThat(config.model().type()).isEqualTo("mmoe");
    assertThat(config.model().body())
        .isEqualTo(ConfigFile.parse("{experts: 8, gate: {dim: 4}}", "b.yaml").root());
    assertThat(config.model().where()).isEqualTo("model.type (a.yaml:13:1)");
    assertThat(config.raw()).isInstanceOf(ConfigNode.Sequence.class);
  }

  @Test
  void absentKeysTakeTheirDefaults() {
    Defaults config = bind("", Defaults.class);
    assertThat(config.experts()).isEqualTo(8);
    assertThat(config.layers()).containsExactly(64, 32);
    assertThat(config.activation()).isEqualTo("relu");
    assertThat(config.optimizer().type()).isEqualTo("adam");
    assertThat(config.stopping()).contains(new Stopping(2, Optional.empty()));
    assertThat(config.inner()).isEqualTo(new Inner(new RandomSplit(0.1), 0.5));
    assertThat(config.precision()).isEqualTo(Precision.FLOAT32);
    assertThat(config.dropout()).isEmpty();
  }

  @Test
  void nothingSwitchesAnOptionalOff() {
    assertThat(bind("stopping:\ndropout: null\n", Defaults.class))
        .extracting(Defaults::stopping, Defaults::dropout)
        .containsExactly(Optional.empty(), Optional.empty());
  }

  @Test
  void oneValueIsAListOfOne() {
    assertThat(bind("layers: 16", Defaults.class).layers()).containsExactly(16);
    assertThat(bind("layers: []", Defaults.class).layers()).isEmpty();
  }

  @Test
  void sealedInterfacesAreToldApartByTheirDiscriminator() {
    record Holder(Split split) {}
    assertThat(bind("split: {by: time, column: t}", Holder.class).split())
        .isEqualTo(new TimeSplit("t"));
    assertThat(bind("{by: random, validation: 0.2}", Split.class)).isEqualTo(new RandomSplit(0.2));
  }

  @Test
  void aRecordOfASealedInterfaceMayBeBoundByItself() {
    assertThat(bind("{by: time, column: t}", TimeSplit.class)).isEqualTo(new TimeSplit("t"));
    assertThat(bind("column: t", TimeSplit.class)).isEqualTo(new TimeSplit("t"));
  }

  @Test
  void theBodyOfAChoiceIsBoundOnceItsTypeIsKnown() {
    Everything config = bind(EVERYTHING, Everything.class);
    record Gate(int dim) {}
    record Mmoe(int experts, Gate gate, @Default("0.1") double dropout) {}
    Problems problems = new Problems();
    Optional<Mmoe> mmoe = RecordBinder.bind(config.model().body(), Mmoe.class, problems);
    assertThat(problems.list()).isEmpty();
    assertThat(mmoe).contains(new Mmoe(8, new Gate(4), 0.1));
    assertThat(config.model().resolved(mmoe.orElseThrow()).body())
        .isEqualTo(ConfigFile.parse("{experts: 8, gate: {dim: 4}, dropout: 0.1}", "b.yaml").root());
  }

  @Test
  void boundListsAndMapsCannotBeChanged() {
    Everything config = bind(EVERYTHING, Everything.class);
    assertThatThrownBy(() -> config.positive().add("x"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> config.features().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void typesThatNoConfigurationHoldsAreAFaultOfTheProgram() {
    record Odd(Thread thread) {}
    assertThatThrownBy(() -> bind("thread: 1", Odd.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("thread: java.lang.Thread is no type that a configuration can hold");
    record Odder(List<Map<Integer, String>> maps) {}
    assertThatThrownBy(() -> bind("maps: [{1: a}]", Odder.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("maps.0: java.util.Map is no type that a configuration can hold");
  }

  @Test
  void aDefaultThatDoesNotFitIsAFaultOfTheProgram() {
    record Odd(@Default("many") int epochs) {}
    assertThatThrownBy(() -> bind("", Odd.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "the default of Odd.epochs does not fit: [epochs (the default of Odd.epochs): Expected"
                + " a whole number, found \"many\".]");
  }
}
