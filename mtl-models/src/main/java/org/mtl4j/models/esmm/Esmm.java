package org.mtl4j.models.esmm;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.config.Summary;
import org.mtl4j.core.graph.Mlp;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.model.ModelContext;
import org.mtl4j.core.model.ModelInputs;
import org.mtl4j.core.model.ModelLoss;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.model.OutputTensor;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.models.component.Funnel;
import org.mtl4j.models.component.FunnelProducts;
import org.mtl4j.models.component.Layers;
import org.mtl4j.models.component.TowerHeads;

/**
 * The entire space multi-task model: Ma and others, "Entire space multi-task model: an effective
 * approach for estimating post-click conversion rate", SIGIR 2018, for a funnel of any number of
 * stages. Over shared embeddings each stage k has a tower of its own for the probability of the
 * stage given the one before, and the product goes through the funnel:
 *
 * <pre>
 * log P(through k) = sum over j up to k of log sigmoid(x_j)
 * loss = sum over k of CE(y_1 and ... and y_k, P(through k)), each over <em>all</em> rows
 * </pre>
 *
 * <p>Outputs: each task ({@code purchase} is P(purchase | the stage before), measured on its own
 * rows) and for each stage after the first {@code through_STAGE}, measured over all rows. The
 * towers of later stages are never trained on the biased sample of rows that reached them. Tasks
 * that are no stage (a rating, a dwell time) get a tower and their own loss. A stage takes its
 * task's {@code loss_weight} for the loss of {@code through_STAGE}; its {@code where} says on which
 * rows its own metrics are measured.
 *
 * <p>x [B, width of all features] to logits [B] and log probabilities [B]. Do not use it where a
 * later stage can happen without the earlier one: the product would be wrong.
 *
 * @param stages names of binary tasks in the order of the funnel, at least two
 * @param towerLayers widths of each task's ReLU layers
 * @param dropout share of activations set to 0 in training, in [0, 1)
 * @param normalization of every hidden layer's sums: none, batch or layer
 */
@Summary(
    "ESMM (Ma and others, SIGIR 2018): the probabilities of getting through a funnel of tasks.")
public record Esmm(
    List<String> stages,
    @Default("[128, 64]") List<Integer> towerLayers,
    @Default("0") double dropout,
    @Default("none") Normalization normalization)
    implements MultiTaskModel {
  /**
   * Checks the keys.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public Esmm {
    stages = new Funnel(stages).stages();
    towerLayers = Layers.checked("tower_layers", towerLayers);
    dropout = Layers.dropout(dropout);
  }

  /** A model that does not normalise. */
  public Esmm(List<String> stages, List<Integer> towerLayers, double dropout) {
    this(stages, towerLayers, dropout, Normalization.NONE);
  }

  @Override
  public List<OutputSpec> outputs(List<FittedTask> tasks) {
    return new Funnel(stages).outputs(tasks);
  }

  /** A tower over the features, trained on the task's own rows by its own loss, as any is. */
  @Override
  public MultiTaskModel forTask(String task) {
    return new TowerHeads(new Mlp(towerLayers, dropout, normalization)).alone();
  }

  @Override
  public ModelOutputs build(ModelInputs inputs, ModelContext context) {
    Funnel funnel = new Funnel(stages);
    List<OutputTensor> logits =
        new TowerHeads(new Mlp(towerLayers, dropout, normalization))
            .apply(context, inputs.features().all());
    FunnelProducts products = FunnelProducts.of(funnel, context.graph().scope("esmm"), logits);
    List<ModelLoss> losses = new ArrayList<>();
    for (FittedTask task : context.tasks()) {
      losses.add(new ModelLoss.OfOutput(funnel.through(task.name()), task.name()));
    }
    return ModelOutputs.of(List.copyOf(products.outputs().values()), Set.of()).withLosses(losses);
  }
}
