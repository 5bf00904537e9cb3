package org.mtl4j.models.pepnet;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.config.Summary;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Mlp;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.head.TaskHead;
import org.mtl4j.core.model.ModelContext;
import org.mtl4j.core.model.ModelInputs;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.model.OutputTensor;
import org.mtl4j.core.schema.FeatureGroup;
import org.mtl4j.core.schema.FeatureSpec;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.models.component.GroupedFeatures;
import org.mtl4j.models.component.Layers;
import org.mtl4j.models.component.ScaledMlp;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * PEPNet: Chang and others, "PEPNet: parameter and embedding personalized network for infusing with
 * personalized prior information", KDD 2023. Gates over the domain's features scale what every
 * tower is given (EPNet), gates over the user's and the item's scale every hidden layer of each
 * task's tower (PPNet), so that prior knowledge acts on all of a network and not at its input only:
 *
 * <pre>
 * gate(z) = 2 sigmoid(V relu(U z + a) + c)
 * x' = gate_ep([x_domain, stop(x)]) * x
 * h_(t,l) = gate_(t,l)([x_prior, stop(x')]) * relu(W_(t,l) h_(t,l-1) + b_(t,l)),   h_(t,0) = x'
 * </pre>
 *
 * <p>stop gives no gradient on: gates look at the embeddings and do not bend them to their ends. x,
 * x' [B, width of all features], x_domain and x_prior [B, width of their groups' features], as they
 * are before EPNet, to a logit [B] a task ([B, classes] for a multiclass one). Beside the
 * embeddings the numbers of x are scaled too. The paper's domain features (the domain, and
 * statistics of user and item in it) are those of {@code domain_groups}, its priors (user, item,
 * author) those of {@code prior_groups}; a tower is scaled layer by layer by gates of its own, of
 * which the paper makes one for all tasks and cuts it up. Scopes {@code pepnet/epnet}, shared, and
 * {@code tower_TASK} with {@code dense_L} and {@code gate_L}. Glorot uniform; no probes, for these
 * gates scale units and choose among no experts.
 *
 * <p>Use it for several domains with the same users and items, where what a user does depends on
 * the domain. Its gates nearly double the towers' weights; without domains there is {@code poso}.
 *
 * @param domainGroups whose features say in which domain a row is: user, item, context
 * @param priorGroups whose features personalise the towers
 * @param gateLayers widths of each gate's ReLU layers; none: linear
 * @param stopGradient whether stop is there; without it gates teach the embeddings, too
 * @param towerLayers widths of each task's ReLU layers, at least one
 * @param dropout share of activations set to 0 in training, in [0, 1)
 * @param normalization of every hidden layer's sums: none, batch or layer
 */
@Summary("PEPNet (Chang and others, KDD 2023): embeddings and towers scaled by domain and person.")
public record Pepnet(
    @Default("[context]") List<FeatureGroup> domainGroups,
    @Default("[user, item]") List<FeatureGroup> priorGroups,
    @Default("[32]") List<Integer> gateLayers,
    @Default("true") boolean stopGradient,
    @Default("[128, 64]") List<Integer> towerLayers,
    @Default("0") double dropout,
    @Default("none") Normalization normalization)
    implements MultiTaskModel {
  /**
   * Checks the keys.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public Pepnet {
    domainGroups = domain(domainGroups).groups();
    priorGroups = prior(priorGroups).groups();
    gateLayers = Layers.checked("gate_layers", gateLayers);
    towerLayers = Layers.atLeastOne("tower_layers", towerLayers);
    dropout = Layers.dropout(dropout);
  }

  private static GroupedFeatures domain(List<FeatureGroup> groups) {
    return new GroupedFeatures("domain_groups", groups);
  }

  private static GroupedFeatures prior(List<FeatureGroup> groups) {
    return new GroupedFeatures("prior_groups", groups);
  }

  @Override
  public void check(List<FeatureSpec> features) {
    domain(domainGroups).check("pepnet", features);
    prior(priorGroups).check("pepnet", features);
  }

  @Override
  public ModelOutputs build(ModelInputs inputs, ModelContext context) {
    check(inputs.features().specs());
    GraphContext scope = context.graph().scope("pepnet");
    Operand<TFloating> x = inputs.features().all();
    Ops tf = scope.tf();
    ScaledMlp tower =
        new ScaledMlp(
            new Mlp(towerLayers, dropout, normalization),
            new Mlp(gateLayers, dropout, normalization));
    Operand<TFloating> domain = beside(scope, domain(domainGroups).of(tf, inputs.features()), x);
    Operand<TFloating> scaled =
        tf.math.mul(x, tower.scale(scope.scope("epnet"), domain, GraphContext.width(x)));
    Operand<TFloating> prior = beside(scope, prior(priorGroups).of(tf, inputs.features()), scaled);
    List<OutputTensor> logits = new ArrayList<>();
    for (FittedTask task : context.tasks()) {
      GraphContext own = context.graph().scope("tower_" + task.name());
      logits.add(TaskHead.logit(context.graph(), task, tower.apply(own, scaled, prior)));
    }
    return ModelOutputs.of(logits, Set.of("pepnet/epnet"));
  }

  /**
   * What a gate looks at: features of some groups, and all of them. What predicts keeps its
   * gradients, for by them a prediction is explained.
   */
  private Operand<TFloating> beside(
      GraphContext scope, Operand<TFloating> groups, Operand<TFloating> all) {
    Ops tf = scope.tf();
    Operand<TFloating> seen = stopGradient && scope.isTraining() ? tf.stopGradient(all) : all;
    return tf.concat(List.of(groups, seen), tf.constant(1));
  }
}
