package com.example.parts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.graph.RowTable;
import org.mtl4j.core.graph.Variable;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.optimizer.Optimizer;
import org.mtl4j.core.optimizer.Sgd;
import org.mtl4j.core.optimizer.UpdateContext;
import org.mtl4j.core.task.Columns;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.testkit.BatchSourceContractTest;
import org.mtl4j.testkit.MetricContractTest;
import org.mtl4j.testkit.OptimizerContractTest;
import org.mtl4j.testkit.SmallExport;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/** The contracts of sources, metrics and optimisers find what they are there to find. */
class OtherContractsTest {
  /** Rows in memory whose blocks somebody changes. */
  private abstract static class Bent implements BatchSource {
    private final BatchSource honest = BatchSource.of(SmallExport.rows(25, new Random(1)));

    abstract RawBatch bend(RawBatch block);

    @Override
    public Columns columns() {
      return honest.columns();
    }

    @Override
    public RawCursor open() {
      RawCursor cursor = honest.open();
      return new RawCursor() {
        @Override
        public Optional<RawBatch> next(int maxRows) {
          return cursor.next(maxRows).map(block -> bend(block));
        }

        @Override
        public void close() {
          cursor.close();
        }
      };
    }

    @Override
    public String fingerprint() {
      return honest.fingerprint();
    }
  }

  /** Counts its records block by block. */
  static class RecountingContract extends BatchSourceContractTest {
    @Override
    protected BatchSource source() {
      return new Bent() {
        @Override
        RawBatch bend(RawBatch block) {
          List<Object> values =
              IntStream.range(0, block.columns().size()).mapToObj(block::values).toList();
          return new RawBatch(block.columns(), block.rowCount(), 0, values, block::place);
        }
      };
    }
  }

  /** Cuts an emoji in two. */
  static class CuttingContract extends BatchSourceContractTest {
    @Override
    protected BatchSource source() {
      return new Bent() {
        @Override
        RawBatch bend(RawBatch block) {
          ((String[]) block.values(block.columns().indexOf("user")))[0] = "\ud83c";
          return block;
        }
      };
    }
  }

  /** Another fingerprint for every object. */
  static class ForgetfulContract extends BatchSourceContractTest {
    @Override
    protected BatchSource source() {
      return new Bent() {
        @Override
        RawBatch bend(RawBatch block) {
          return block;
        }

        @Override
        public String fingerprint() {
          return "%064x".formatted(System.identityHashCode(this));
        }
      };
    }
  }

  @Test
  void brokenSourcesAreFound() {
    assertThat(ContractRun.failures(RecountingContract.class))
        .containsExactly("recordsCountFromZeroAndEveryRowHasAPlaceOfItsOwn");
    assertThat(ContractRun.failures(CuttingContract.class))
        .contains("textsAreWellFormedUnicodeAndNotEmpty");
    assertThat(ContractRun.failures(ForgetfulContract.class))
        .containsExactly("sourcesOfEqualRowsHaveEqualFingerprints");
  }

  /** The mean distance from the label, by somebody who sums as he pleases. */
  private interface Distance extends Metric {
    double weight(EvaluationRows rows, int row);

    @Override
    default String key() {
      return "distance";
    }

    @Override
    default boolean appliesTo(TaskType type) {
      return type instanceof TaskType.Regression;
    }

    @Override
    default boolean higherIsBetter() {
      return false;
    }

    @Override
    default OptionalDouble compute(EvaluationRows rows) {
      double sum = 0;
      double weights = 0;
      for (int row = 0; row < rows.size(); row++) {
        sum += weight(rows, row) * Math.abs(rows.predictions().get(row) - rows.labels().get(row));
        weights += weight(rows, row);
      }
      return weights == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / weights);
    }
  }

  private abstract static class DistanceContract extends MetricContractTest {
    @Override
    protected List<Class<? extends TaskType>> types() {
      return List.of(TaskType.Regression.class);
    }
  }

  static class HonestDistanceContract extends DistanceContract {
    @Override
    protected Metric metric() {
      return (Distance) (rows, row) -> rows.weight(row);
    }
  }

  static class WeightlessContract extends DistanceContract {
    @Override
    protected Metric metric() {
      return (Distance) (rows, row) -> 1;
    }
  }

  static class FirstRowsContract extends DistanceContract {
    @Override
    protected Metric metric() {
      return (Distance) (rows, row) -> rows.weight(row) / (1 + row);
    }
  }

  static class OfMemoryContract extends DistanceContract {
    @Override
    protected Metric metric() {
      return (Distance) (rows, row) -> rows.space().isInFiles() && row == 0 ? 0 : rows.weight(row);
    }
  }

  @Test
  void brokenMetricsAreFound() {
    assertThat(ContractRun.failures(HonestDistanceContract.class)).isEmpty();
    assertThat(ContractRun.failures(WeightlessContract.class))
        .contains(
            "noWeightGivesNoFigureAndAReasonWhereWeightsCount",
            "weightOfTwoIsTheRowTwiceWhereWeightsCount");
    assertThat(ContractRun.failures(FirstRowsContract.class)).contains("orderOfRowsChangesNothing");
    assertThat(ContractRun.failures(OfMemoryContract.class))
        .containsExactly("filesGiveTheSameFigures");
  }

  /** Plain steps, of which somebody changes where they go. */
  private record Astray(boolean dense) implements Optimizer {
    private static final double RATE = 0.05;

    @Override
    public Op updateDense(UpdateContext context, Variable variable, Operand<TFloating> gradient) {
      Operand<TFloating> step = dense ? context.tf().math.neg(gradient) : gradient;
      return new Sgd(RATE, 0).updateDense(context, variable, step);
    }

    @Override
    public Op updateRows(
        UpdateContext context, RowTable table, Operand<TInt64> ids, Operand<TFloating> gradient) {
      var tf = context.tf();
      Operand<TInt64> next =
          dense
              ? ids
              : tf.math.floorMod(tf.math.add(ids, tf.constant(1L)), tf.constant(table.rows()));
      return new Sgd(RATE, 0).updateRows(context, table, next, gradient);
    }
  }

  private abstract static class AstrayContract extends OptimizerContractTest {
    @Override
    protected Rule denseRule(int size) {
      return (w, g, t) -> {
        for (int i = 0; i < size; i++) {
          w[i] -= Astray.RATE * g[i];
        }
      };
    }
  }

  static class WrongWayContract extends AstrayContract {
    @Override
    protected Optimizer optimizer() {
      return new Astray(true);
    }
  }

  static class WrongRowContract extends AstrayContract {
    @Override
    protected Optimizer optimizer() {
      return new Astray(false);
    }
  }

  @Test
  void brokenOptimisersAreFound() {
    assertThat(ContractRun.failures(WrongWayContract.class))
        .containsExactly("denseVariableFollowsTheFormula");
    assertThat(ContractRun.failures(WrongRowContract.class))
        .containsExactly(
            "touchedRowsFollowTheFormulaWithRepeatedIdsSummed",
            "untouchedRowsAndTheirSlotsStayAsTheyAre");
  }
}
