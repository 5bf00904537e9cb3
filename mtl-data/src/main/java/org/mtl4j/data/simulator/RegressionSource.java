package org.mtl4j.data.simulator;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;

/**
 * Regressions that are as much alike as one says: the synthetic data of Ma and others, "Modeling
 * task relationships in multi-task learning with multi-gate mixture-of-experts", KDD 2018, section
 * 3.2, for two tasks or more.
 *
 * <pre>
 * w_t = unit vectors [features] whose cosines are the correlations
 * x   ~ N(0, I)
 * y_t = w_t' x + sum over j of sin(a_j w_t' x + b_j) + e,   e ~ N(0, noise)
 * </pre>
 *
 * <p>a_j and b_j are given and the same for all tasks. The paper's c, the length of the weights, is
 * 1.
 *
 * <p>Columns: features {@code x1, x2, ...}; labels {@code y1, y2, ...}; and {@code true_y1, ...},
 * the labels without their noise.
 */
public final class RegressionSource implements BatchSource {
  /** Raised when the same configuration begins to give other rows. */
  private static final int VERSION = 1;

  private final RegressionConfig config;
  private final Seed seed;
  private final Columns columns;
  private final double[][] weights;

  /** Draws the tasks; the rows are drawn while they are read. */
  public RegressionSource(RegressionConfig config) {
    this.config = config;
    this.seed = new Seed(config.seed());
    int tasks = config.tasks();
    Draws draws = new Draws(seed.child("tasks"));
    weights =
        new CorrelationRoot(config.correlations(), tasks)
            .mix(orthonormal(tasks, config.features(), draws));
    List<Columns.Column> all = new ArrayList<>();
    add(all, "x", config.features());
    add(all, "y", tasks);
    add(all, SimulatedSource.TRUTH_PREFIX + "y", tasks);
    columns = new Columns(all);
  }

  private static void add(List<Columns.Column> to, String prefix, int count) {
    for (int i = 1; i <= count; i++) {
      to.add(new Columns.Column(prefix + i, ColumnType.NUMBER));
    }
  }

  /** By Gram and Schmidt's method. */
  private static double[][] orthonormal(int count, int length, Draws draws) {
    double[][] vectors = new double[count][];
    for (int v = 0; v < count; v++) {
      double[] vector = draws.gaussians(length);
      for (int before = 0; before < v; before++) {
        double along = dot(vector, vectors[before]);
        for (int i = 0; i < length; i++) {
          vector[i] -= along * vectors[before][i];
        }
      }
      double norm = StrictMath.sqrt(dot(vector, vector));
      for (int i = 0; i < length; i++) {
        vector[i] /= norm;
      }
      vectors[v] = vector;
    }
    return vectors;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  @Override
  public Columns columns() {
    return columns;
  }

  /** Over the configuration and the version of the rules. */
  @Override
  public String fingerprint() {
    return Hashing.sha256()
        .hashString("synthetic_regression " + VERSION + " " + config, StandardCharsets.UTF_8)
        .toString();
  }

  @Override
  public RawCursor open() {
    return new Cursor();
  }

  /** What a task's label is without noise. */
  private double value(double projection) {
    double value = projection;
    for (int j = 0; j < config.slopes().size(); j++) {
      value += StrictMath.sin(config.slopes().get(j) * projection + config.shifts().get(j));
    }
    return value;
  }

  /** Draws one row after the other. */
  private final class Cursor implements RawCursor {
    private final Draws draws = new Draws(seed.child("rows"));
    private final double spread = StrictMath.sqrt(config.noise());
    private int position;
    private boolean closed;

    @Override
    public Optional<RawBatch> next(int maxRows) {
      if (closed) {
        throw new IllegalStateException("the cursor over synthetic rows is closed");
      }
      int first = position;
      int count = Math.min(maxRows, config.rows() - first);
      if (count <= 0) {
        return Optional.empty();
      }
      double[][] values = new double[columns.size()][count];
      for (int r = 0; r < count; r++) {
        fill(values, r);
      }
      position += count;
      return Optional.of(
          new RawBatch(
              columns,
              count,
              first,
              List.<Object>of((Object[]) values),
              row -> "synthetic row " + (first + row)));
    }

    private void fill(double[][] values, int row) {
      double[] x = draws.gaussians(config.features());
      for (int i = 0; i < x.length; i++) {
        values[i][row] = x[i];
      }
      int tasks = weights.length;
      for (int t = 0; t < tasks; t++) {
        double value = value(dot(weights[t], x));
        values[x.length + t][row] = value + spread * draws.gaussian();
        values[x.length + tasks + t][row] = value;
      }
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
