package org.mtl4j.models.star;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.config.Summary;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Nearest;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.feature.FeatureTensors;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Mlp;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.graph.WideOps;
import org.mtl4j.core.head.TaskHead;
import org.mtl4j.core.model.ModelContext;
import org.mtl4j.core.model.ModelInputs;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.model.OutputTensor;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.schema.FeatureSpec;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.models.component.Layers;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * STAR: Sheng and others, "One model to serve all: star topology adaptive recommender for
 * multi-domain CTR prediction", CIKM 2021. A network whose weights are, in each domain p, the
 * shared ones times the domain's own, normalised by domain, and beside it a small network that lets
 * the domain act on the logit directly:
 *
 * <pre>
 * W_p = W * W'_p   (element by element),   b_p = b + b'_p
 * h_l = relu(PN_p(h_(l-1) W_p + b_p)),   h_0 = x
 * PN_p(z) = gamma * gamma'_p * (z - mean_p) / sqrt(variance_p + 0.001) + beta + beta'_p
 * logit_t = v_t g_t(h_L) + u_t a(x) + c_t
 * </pre>
 *
 * <p>Domains are one thing and tasks another: h is shared by tasks and its weights are a domain's;
 * each task has a tower g_t and a head on it, the same in all domains. a is the auxiliary network,
 * one for all tasks, with weights u_t a task; the head of a task stands on [g_t(h_L), a(x)], which
 * is the sum. In a, as in the paper, the domain's embedding goes in beside the other features,
 * being one of them. A row whose domain is not listed, unknown or missing has the shared weights
 * alone. Domains begin as one network (W' and gamma' ones, b' and beta' zeros), without the
 * auxiliary network and by {@code normalization: none} as {@code shared_bottom}.
 *
 * <p>Elsewhere than in the paper: it draws PN over the embeddings, here it is where the other
 * models normalise, at the sums of hidden layers; its batches are of one domain each, here of all,
 * each row by the mean and variance of the batch's rows of its domain, filled up where these are
 * few ({@link PartitionedNormalization}); its last layer is a domain's too, here heads are a
 * task's.
 *
 * <p>x [B, width of all features] to a logit [B] a task ([B, classes] for a multiclass one). Scope
 * {@code star}, shared: {@code dense_L} with {@code kernel}, {@code bias} and for each domain
 * {@code domain_NAME/scale} W' - 1 [in, units] and {@code domain_NAME/bias}, {@code
 * dense_L/normalization}, and {@code auxiliary}; then {@code tower_TASK}. No probes. Use it for a
 * few domains with the same features and different habits; a layer costs D + 1 times a plain one's
 * multiplications. For many domains, or such as are told apart by several features, take {@code
 * pepnet}.
 *
 * @param domain the categorical feature, with a learnt vocabulary, that says a row's domain
 * @param domains its values with weights of their own, 1 to 64
 * @param bottomLayers widths of the ReLU layers whose weights are a domain's, at least one
 * @param auxiliaryLayers widths of the auxiliary network's ReLU layers; none: it is linear
 * @param towerLayers widths of each task's ReLU layers
 * @param dropout share of activations set to 0 in training, in [0, 1)
 * @param normalization of every hidden layer's sums: none, batch or layer; of the layers that are a
 *     domain's by domain, in towers and the auxiliary network as everywhere
 */
@Summary("STAR (Sheng and others, CIKM 2021): shared weights times a domain's own.")
public record Star(
    String domain,
    List<String> domains,
    @Default("[128, 64]") List<Integer> bottomLayers,
    @Default("[32]") List<Integer> auxiliaryLayers,
    @Default("[32]") List<Integer> towerLayers,
    @Default("0") double dropout,
    @Default("batch") Normalization normalization)
    implements MultiTaskModel {
  /** Every row is multiplied with the weights of every domain. */
  private static final int MOST_DOMAINS = 64;

  /**
   * Checks the keys.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public Star {
    domains = List.copyOf(domains);
    if (domains.isEmpty()
        || domains.size() > MOST_DOMAINS
        || new HashSet<>(domains).size() < domains.size()) {
      throw new IllegalArgumentException(
          "domains: expected 1 to %d different values, found %s"
              .formatted(MOST_DOMAINS, domains.size() > MOST_DOMAINS ? domains.size() : domains));
    }
    bottomLayers = Layers.atLeastOne("bottom_layers", bottomLayers);
    auxiliaryLayers = Layers.checked("auxiliary_layers", auxiliaryLayers);
    towerLayers = Layers.checked("tower_layers", towerLayers);
    dropout = Layers.dropout(dropout);
  }

  /**
   * Asks for the domain's feature.
   *
   * @throws IllegalArgumentException if there is none of that name, or it has no vocabulary
   */
  @Override
  public void check(List<FeatureSpec> features) {
    List<String> names = features.stream().map(FeatureSpec::name).toList();
    int place = names.indexOf(domain);
    if (place < 0) {
      throw new IllegalArgumentException(
          "domain: expected a feature, found \"%s\"; %s"
              .formatted(
                  domain,
                  Nearest.of(domain, names)
                      .map(nearest -> "the nearest is \"" + nearest + '"')
                      .orElse("the features are " + names)));
    }
    if (!(features.get(place) instanceof CategoricalFeature categorical)
        || !(categorical.ids() instanceof CategoricalFeature.Learnt)) {
      throw new IllegalArgumentException(
          "domain: expected a categorical feature with a learnt vocabulary, found \""
              + domain
              + '"');
    }
  }

  @Override
  public ModelOutputs build(ModelInputs inputs, ModelContext context) {
    check(inputs.features().specs());
    checkValues(inputs.features());
    GraphContext root = context.graph();
    GraphContext scope = root.scope("star");
    Operand<TFloating> x = inputs.features().all();
    Domains rows = Domains.of(scope, domains, inputs.features().indicators(domain, domains));
    Operand<TFloating> shared = new StarLayers(mlp(bottomLayers)).apply(scope, x, rows);
    Operand<TFloating> auxiliary = mlp(auxiliaryLayers).apply(scope.scope("auxiliary"), x);
    Ops tf = scope.tf();
    List<OutputTensor> logits = new ArrayList<>();
    for (FittedTask task : context.tasks()) {
      GraphContext tower = root.scope("tower_" + task.name());
      Operand<TFloating> own = mlp(towerLayers).apply(tower, shared);
      Operand<TFloating> both = WideOps.concat(tf, List.of(own, auxiliary), 1);
      logits.add(TaskHead.logit(root, task, both));
    }
    return ModelOutputs.of(logits, Set.of("star"));
  }

  private Mlp mlp(List<Integer> layers) {
    return new Mlp(layers, dropout, normalization);
  }

  /** A value that training rows do not have is a slip, and its weights would never be learnt. */
  private void checkValues(FeatureTensors features) {
    List<String> known = features.values(domain);
    List<Problem> problems =
        domains.stream()
            .filter(value -> !known.contains(value))
            .map(
                value ->
                    new Problem(
                        ErrorCode.CONFIG_VALUE,
                        "model.domains",
                        "Expected values that training rows have of %s, found \"%s\"."
                            .formatted(domain, value),
                        Nearest.hint(value, known)))
            .toList();
    if (!problems.isEmpty()) {
      throw new MtlException(problems);
    }
  }
}
