package org.mtl4j.models.trees;

import java.io.DataInput;
import java.io.IOException;
import java.util.List;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.config.Summary;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.model.Baseline;
import org.mtl4j.core.model.FittingRows;
import org.mtl4j.core.model.TaskPredictor;
import org.mtl4j.core.schema.FeatureSpec;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.task.Task;

/**
 * A decision tree for each task by itself: Breiman, Friedman, Olshen and Stone, "Classification and
 * regression trees", Wadsworth, 1984, by Tribuo's implementation. A node is split where Gini's
 * index of the classes, or the squared error of numbers, falls most; a leaf predicts
 *
 * <pre>
 * (sum of w y over its rows + smoothing * mean of all rows) / (sum of w + smoothing)
 * </pre>
 *
 * <p>of each class's indicator y, or of the label. So predictions are probabilities and never 0 or
 * 1, and those of a class that the task's rows do not have is above 0, too.
 *
 * <p>Rows are columns of numbers: the dense inputs as they are scaled, which a tree does not see;
 * ids as smoothed mean labels of their rows, see {@link IdRates}; lists as the mean of those and
 * their length. Of a column with more than 256 different values 255 thresholds are tried, at its
 * quantiles. Where a split would leave fewer than {@code min_rows} rows to one side, they go with
 * the others.
 *
 * <p>A tree is easily read and rough; take {@link BoostedTrees} for a floor that is hard to clear.
 *
 * @param maxDepth splits from the root to a leaf at most, 1 to 30
 * @param minRows rows of a leaf at least, 1 or more
 * @param smoothing as many rows of the mean of all, by weight, as each leaf is given; above 0, for
 *     a leaf of one class alone would be sure of it
 */
@Summary("A decision tree a task (Breiman and others, 1984), by Tribuo. A baseline: no export.")
public record DecisionTrees(
    @Default("8") int maxDepth, @Default("20") int minRows, @Default("1") double smoothing)
    implements Baseline {
  /** Checks the ranges. */
  public DecisionTrees {
    TreeKeys.within("max_depth", maxDepth, 1, TreeKeys.DEEPEST);
    TreeKeys.within("min_rows", minRows, 1, Integer.MAX_VALUE);
    TreeKeys.positive("smoothing", smoothing);
  }

  @Override
  public void check(List<FeatureSpec> features) {
    TreeFeatures.check(features);
  }

  @Override
  public void checkTasks(List<Task> tasks) {
    TreeTasks.check(tasks);
  }

  @Override
  public List<String> remarks(List<Task> tasks) {
    return TreeTasks.remarks(tasks, "decision_trees", "Gini's index");
  }

  @Override
  public TaskPredictor fit(FittedTask task, FittingRows rows) {
    Fitting fitting = Fitting.of(task, rows);
    Examples examples = fitting.examples();
    Tree tree = new CartFitter(this, examples).fit(fitting.seed().child("tree"));
    return new TaskTrees(fitting.encoder(), List.of(tree), Sums.asTheyAre(examples.target()));
  }

  @Override
  public TaskPredictor read(FeaturePipeline pipeline, DataInput in) throws IOException {
    return TaskTrees.read(pipeline, in);
  }
}
