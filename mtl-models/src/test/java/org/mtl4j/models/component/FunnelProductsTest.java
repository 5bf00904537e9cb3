package org.mtl4j.models.component;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.model.OutputTensor;
import org.mtl4j.testkit.LayerContractTest;
import org.mtl4j.testkit.LayerHarness;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.types.family.TFloating;

/** Three stages, whose logits are the input's columns. */
class FunnelProductsTest extends LayerContractTest {
  private static final List<String> STAGES = List.of("click", "cart", "purchase");

  @Override
  protected Class<?> subject() {
    return FunnelProducts.class;
  }

  @Override
  protected LayerHarness.Layer layer() {
    return (context, x) -> {
      List<OutputTensor> logits = new ArrayList<>();
      for (Operand<TFloating> column :
          context.tf().unstack(x, (long) STAGES.size(), Unstack.axis(1L))) {
        logits.add(new OutputTensor.Logit(STAGES.get(logits.size()), column));
      }
      return FunnelProducts.of(new Funnel(STAGES), context, logits)
          .outputs()
          .get("through_purchase")
          .tensor();
    };
  }

  @Override
  protected int width() {
    return STAGES.size();
  }

  @Override
  protected double[] plain(Map<String, double[]> variables, double[] x) {
    double product = 1;
    for (double logit : x) {
      product *= 1 / (1 + Math.exp(-logit));
    }
    return new double[] {Math.log(product)};
  }
}
