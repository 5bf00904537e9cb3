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
 * Gradient-boosted trees for each task by itself: Friedman, "Greedy function approximation: a
 * gradient boosting machine", Annals of Statistics 29(5), 2001, and Chen and Guestrin, "XGBoost: a
 * scalable tree boosting system", KDD 2016, by Tribuo's XGBoost with histograms. In each round a
 * tree follows the gradient g and the second derivative h of the loss; a leaf is worth
 *
 * <pre>
 * -learning_rate * (sum of g over its rows) / (sum of h + l2)
 * </pre>
 *
 * <p>The loss is softmax cross-entropy over the classes, with a tree a class and round (two of a
 * binary task, too), or the squared error of numbers in deviations from their mean. Predictions are
 * probabilities; of an ordinal task without a sense of its order.
 *
 * <p>Rows are columns of numbers as {@link DecisionTrees} see them. It is what a network on a table
 * has to be held to: on such data it is often the better model of a single task (Grinsztajn and
 * others, NeurIPS 2022). It learns nothing from one task for another, and nothing of ids that go
 * together.
 *
 * @param trees rounds, 1 to 10,000
 * @param learningRate share of each tree that counts, above 0, at most 1
 * @param maxDepth splits from the root to a leaf at most, 1 to 30
 * @param minChildWeight second derivatives of a leaf's rows at least, of squared error their number
 * @param rowShare share of the rows that a tree is grown on, above 0, at most 1
 * @param columnShare share of the columns that a tree looks at, above 0, at most 1
 * @param l2 what keeps leaves small, 0 or more
 */
@Summary(
    "Gradient-boosted trees a task (Friedman, 2001; Chen and Guestrin, KDD 2016), by Tribuo's XGBoost. A baseline: no export.")
public record BoostedTrees(
    @Default("200") int trees,
    @Default("0.1") double learningRate,
    @Default("6") int maxDepth,
    @Default("1") double minChildWeight,
    @Default("1") double rowShare,
    @Default("1") double columnShare,
    @Default("1") double l2)
    implements Baseline {
  private static final int MOST_TREES = 10_000;

  /** Checks the ranges. */
  public BoostedTrees {
    TreeKeys.within("trees", trees, 1, MOST_TREES);
    TreeKeys.share("learning_rate", learningRate);
    TreeKeys.within("max_depth", maxDepth, 1, TreeKeys.DEEPEST);
    TreeKeys.notNegative("min_child_weight", minChildWeight);
    TreeKeys.share("row_share", rowShare);
    TreeKeys.share("column_share", columnShare);
    TreeKeys.notNegative("l2", l2);
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
    return TreeTasks.remarks(tasks, "boosted_trees", "log loss");
  }

  @Override
  public TaskPredictor fit(FittedTask task, FittingRows rows) {
    Fitting fitting = Fitting.of(task, rows);
    Examples examples = fitting.examples();
    List<Tree> fitted =
        new BoostedFitter(this, examples).fit(fitting.seed().child("trees"), rows.threads());
    Target target = examples.target();
    Sums sums =
        target.classes() > 0 ? Sums.ofLogits(target, examples.rows()) : Sums.asTheyAre(target);
    return new TaskTrees(fitting.encoder(), fitted, sums);
  }

  @Override
  public TaskPredictor read(FeaturePipeline pipeline, DataInput in) throws IOException {
    return TaskTrees.read(pipeline, in);
  }
}
