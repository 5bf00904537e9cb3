package org.mtl4j.models;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.model.Bottom;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.model.OverBottom;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.models.sharedbottom.SharedBottom;

/** A shared bottom's predictions over a bottom, which a subclass writes in plain loops. */
public abstract class BottomForwardTest extends ForwardTest {
  /** Widths of the problem's features in the order of a row's numbers, narrow tables first. */
  private static final Map<String, Integer> WIDTHS = new LinkedHashMap<>();

  static {
    List.of("hour", "tags").forEach(name -> WIDTHS.put(name, 2));
    List.of("user", "item", "last_item").forEach(name -> WIDTHS.put(name, 4));
    WIDTHS.put("age", 1);
    WIDTHS.put("price", 2);
  }

  /** The bottom under test. */
  protected abstract Bottom bottom();

  /** What it makes of a row. */
  protected abstract double[] plain(PlainNetwork network, double[] x);

  @Override
  protected final MultiTaskModel model() {
    return new OverBottom(new SharedBottom(List.of(7), List.of(5), 0), bottom());
  }

  @Override
  protected final Map<String, double[]> hidden(PlainNetwork network, double[] x) {
    double[] shared = network.mlp("shared_bottom", 1, plain(network, x));
    Map<String, double[]> hidden = new LinkedHashMap<>();
    for (FittedTask task : PROBLEM.tasks()) {
      hidden.put(task.name(), network.mlp("tower_" + task.name(), 1, shared));
    }
    return hidden;
  }

  /** The row's features as vectors of one width: v_f = x_f V_f, or x_f where it has that width. */
  protected static double[][] vectors(PlainNetwork network, double[] x, int dim) {
    double[][] vectors = new double[WIDTHS.size()][dim];
    int offset = 0;
    int field = 0;
    for (Map.Entry<String, Integer> feature : WIDTHS.entrySet()) {
      int width = feature.getValue();
      for (int i = 0; i < width; i++) {
        for (int d = 0; d < dim; d++) {
          double weight =
              width == dim
                  ? (i == d ? 1 : 0)
                  : network.variable("bottom/fields/" + feature.getKey() + "/kernel")[i * dim + d];
          vectors[field][d] += x[offset + i] * weight;
        }
      }
      offset += width;
      field++;
    }
    return vectors;
  }

  /** x times a matrix [x.length, units] that is a variable of the bottom. */
  protected static double[] times(PlainNetwork network, String name, double[] x, int units) {
    double[] kernel = network.variable("bottom/" + name);
    double[] product = new double[units];
    for (int i = 0; i < x.length; i++) {
      for (int u = 0; u < units; u++) {
        product[u] += x[i] * kernel[i * units + u];
      }
    }
    return product;
  }
}
