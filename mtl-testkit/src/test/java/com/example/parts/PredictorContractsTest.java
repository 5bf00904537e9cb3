package com.example.parts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.model.Predictions;
import org.mtl4j.core.model.Predictor;
import org.mtl4j.testkit.PredictorContractTest;
import org.mtl4j.testkit.SmallExport;

/** A baseline by formula keeps the contract of predictors; what could go wrong with it is found. */
class PredictorContractsTest {
  /** The price, or 0 where it is missing. */
  private static class Price implements Predictor {
    private boolean closed;

    @Override
    public Predictions predict(RawBatch rows) {
      if (closed) {
        throw new IllegalStateException("the baseline is closed");
      }
      int column = rows.columns().indexOf("price");
      float[] values = new float[rows.rowCount()];
      for (int r = 0; r < values.length; r++) {
        double price = rows.number(column, r);
        values[r] = Double.isNaN(price) ? 0 : (float) price;
      }
      return new Predictions(values.length, Map.of("click", values));
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  /** Every price against the mean of its block. */
  private static final class AgainstItsBlock extends Price {
    @Override
    public Predictions predict(RawBatch rows) {
      Predictions prices = super.predict(rows);
      float[] values = prices.values().get("click");
      float mean = 0;
      for (float value : values) {
        mean += value / values.length;
      }
      for (int r = 0; r < values.length; r++) {
        values[r] -= mean;
      }
      return prices;
    }
  }

  /** Learns from being asked. */
  private static final class Restless extends Price {
    private int calls;

    @Override
    public Predictions predict(RawBatch rows) {
      Predictions prices = super.predict(rows);
      prices.values().get("click")[0] += calls++;
      return prices;
    }
  }

  /** Puts a number where one was missing, in its caller's rows. */
  private static final class Mending extends Price {
    @Override
    public Predictions predict(RawBatch rows) {
      double[] prices = (double[]) rows.values(rows.columns().indexOf("price"));
      for (int r = 0; r < rows.rowCount(); r++) {
        prices[r] = Double.isNaN(prices[r]) ? 0 : prices[r];
      }
      return super.predict(rows);
    }
  }

  /** Takes every number there is. */
  private static final class Greedy extends Price {
    @Override
    public Predictions predict(RawBatch rows) {
      Predictions prices = super.predict(rows);
      prices.values().get("click")[0] += rows.columns().size();
      return prices;
    }
  }

  /** Always says the same. */
  private static final class Constant extends Price {
    @Override
    public Predictions predict(RawBatch rows) {
      return new Predictions(rows.rowCount(), Map.of("click", new float[rows.rowCount()]));
    }
  }

  private abstract static class Contract extends PredictorContractTest {
    @Override
    protected RawBatch rows() {
      List<Map<String, Object>> rows = new ArrayList<>(SmallExport.rows(20, new Random(4)));
      rows.get(0).put("price", 2.5);
      rows.get(1).put("price", Double.NaN);
      return SmallExport.batch(rows);
    }
  }

  static class HonestContract extends Contract {
    @Override
    protected Predictor predictor() {
      return new Price();
    }
  }

  static class AgainstItsBlockContract extends Contract {
    @Override
    protected Predictor predictor() {
      return new AgainstItsBlock();
    }
  }

  static class RestlessContract extends Contract {
    @Override
    protected Predictor predictor() {
      return new Restless();
    }
  }

  static class MendingContract extends Contract {
    @Override
    protected Predictor predictor() {
      return new Mending();
    }
  }

  static class GreedyContract extends Contract {
    @Override
    protected Predictor predictor() {
      return new Greedy();
    }
  }

  static class ConstantContract extends Contract {
    @Override
    protected Predictor predictor() {
      return new Constant();
    }
  }

  @Test
  void honestBaselineKeepsTheContract() {
    assertThat(ContractRun.failures(HonestContract.class)).isEmpty();
  }

  @Test
  void rowThatSeesOthersIsFound() {
    assertThat(ContractRun.failures(AgainstItsBlockContract.class))
        .containsExactly("rowHasTheSameNumbersAloneAndAmongOthers");
  }

  @Test
  void numbersThatChangeFromCallToCallAreFound() {
    assertThat(ContractRun.failures(RestlessContract.class))
        .contains("sameRowsGiveTheSameNumbersAgain");
  }

  @Test
  void rowsThatAreWrittenToAreFound() {
    assertThat(ContractRun.failures(MendingContract.class))
        .containsExactly("rowsAreLeftAsTheyWere");
  }

  @Test
  void numberThatDependsOnForeignColumnsIsFound() {
    assertThat(ContractRun.failures(GreedyContract.class))
        .contains("columnsThatItDoesNotKnowChangeNothing");
  }

  @Test
  void predictorThatSaysNothingAndNeverClosesIsFound() {
    assertThat(ContractRun.failures(ConstantContract.class))
        .containsExactly("closedPredictorRefusesToPredict", "someRowsDifferFromOthers");
  }
}
