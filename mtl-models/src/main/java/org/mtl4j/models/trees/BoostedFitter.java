package org.mtl4j.models.trees;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.provenance.Seed;
import org.tribuo.Output;
import org.tribuo.classification.Label;
import org.tribuo.classification.xgboost.XGBoostClassificationTrainer;
import org.tribuo.common.xgboost.XGBoostModel;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.xgboost.XGBoostRegressionTrainer;

/**
 * Grows trees by Tribuo's XGBoost and takes them out of it as values: predictions then need no
 * native code, and equal ensembles are equal bytes, where a file of Tribuo's carries the time.
 */
final class BoostedFitter {
  private static final Pattern SPLIT =
      Pattern.compile("\\s*(\\d+):\\[f(\\d+)<([^\\]]+)\\] yes=(\\d+),no=(\\d+).*");
  private static final Pattern LEAF = Pattern.compile("\\s*(\\d+):leaf=([^,]+).*");

  /**
   * XGBoost waits for its threads by spinning: beside other work two took ten times as long as one.
   */
  private static final int ROWS_A_THREAD = 100_000;

  private final BoostedTrees config;
  private final Examples examples;

  BoostedFitter(BoostedTrees config, Examples examples) {
    this.config = config;
    this.examples = examples;
  }

  /**
   * Trees whose leaves add up to logits of the classes, or to numbers.
   *
   * @throws MtlException CONFIG_VALUE if XGBoost has no native code for this platform
   */
  List<Tree> fit(Seed seed, int threads) {
    Map<String, Object> parameters = parameters(seed, threads);
    try {
      return examples.target().classes() > 0 ? ofClasses(parameters) : ofNumbers(parameters);
    } catch (LinkageError e) {
      throw new MtlException(
          new Problem(
              ErrorCode.CONFIG_VALUE,
              "model.type",
              "XGBoost, by which boosted_trees are fitted, does not run on %s %s: %s."
                  .formatted(System.getProperty("os.name"), System.getProperty("os.arch"), e),
              "Take decision_trees, which need no native code, or fit on Linux, Windows or macOS"
                  + " with a processor of x86-64."),
          e);
    }
  }

  private Map<String, Object> parameters(Seed seed, int threads) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("tree_method", "hist");
    parameters.put("eta", config.learningRate());
    parameters.put("max_depth", config.maxDepth());
    parameters.put("min_child_weight", config.minChildWeight());
    parameters.put("subsample", config.rowShare());
    parameters.put("colsample_bytree", config.columnShare());
    parameters.put("lambda", config.l2());
    parameters.put("base_score", 0);
    parameters.put("nthread", Math.min(threads, 1 + examples.rows().size() / ROWS_A_THREAD));
    parameters.put("seed", seed.random().nextInt(Integer.MAX_VALUE));
    parameters.put("verbosity", 0);
    return parameters;
  }

  private List<Tree> ofClasses(Map<String, Object> parameters) {
    parameters.put("objective", "multi:softprob");
    XGBoostModel<Label> model =
        new XGBoostClassificationTrainer(config.trees(), parameters).train(examples.ofClasses());
    Map<Integer, Integer> classes = new LinkedHashMap<>();
    model
        .getOutputIDInfo()
        .forEach(pair -> classes.put(pair.getA(), Integer.parseInt(pair.getB().getLabel())));
    return trees(model, classes);
  }

  private List<Tree> ofNumbers(Map<String, Object> parameters) {
    parameters.put("objective", "reg:squarederror");
    XGBoostModel<Regressor> model =
        new XGBoostRegressionTrainer(
                XGBoostRegressionTrainer.RegressionType.LINEAR, config.trees(), parameters)
            .train(examples.ofNumbers(), Map.of());
    return trees(model, Map.of(0, 0));
  }

  /** A round has a tree for each output, in the order of its own numbers. */
  private static <T extends Output<T>> List<Tree> trees(
      XGBoostModel<T> model, Map<Integer, Integer> outputs) {
    List<String> dumps = List.of(model.getModelDump().get(0));
    List<Tree> trees = new ArrayList<>();
    for (int i = 0; i < dumps.size(); i++) {
      trees.add(parse(dumps.get(i), outputs.get(i % outputs.size())));
    }
    return trees;
  }

  private static Tree parse(String dump, int output) {
    Map<Integer, Tree.Node> found = new HashMap<>();
    List<float[]> leaves = new ArrayList<>();
    dump.lines()
        .forEach(
            line -> {
              Matcher split = SPLIT.matcher(line);
              Matcher leaf = LEAF.matcher(line);
              if (split.matches()) {
                found.put(number(split, 1), split(split));
              } else if (leaf.matches()) {
                found.put(number(leaf, 1), new Tree.Node(Tree.LEAF, 0, leaves.size(), 0));
                leaves.add(new float[] {Float.parseFloat(leaf.group(2))});
              } else {
                throw new IllegalStateException("expected a node of a tree, found " + line);
              }
            });
    return new Tree(order(found), output, leaves);
  }

  private static Tree.Node split(Matcher split) {
    return new Tree.Node(
        number(split, 2), Float.parseFloat(split.group(3)), number(split, 4), number(split, 5));
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }

  /** XGBoost numbers nodes with gaps where it pruned. */
  private static List<Tree.Node> order(Map<Integer, Tree.Node> found) {
    List<Integer> numbers = found.keySet().stream().sorted().toList();
    return numbers.stream()
        .map(found::get)
        .map(
            node ->
                node.column() == Tree.LEAF
                    ? node
                    : new Tree.Node(
                        node.column(),
                        node.threshold(),
                        numbers.indexOf(node.below()),
                        numbers.indexOf(node.other())))
        .toList();
  }
}
