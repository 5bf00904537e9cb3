package org.mtl4j.models.unsupervised;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mtl4j.core.feature.Embeddings;
import org.mtl4j.core.feature.FeatureTensors;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.model.LabelRule;
import org.mtl4j.core.model.ModelContext;
import org.mtl4j.core.model.ModelInputs;
import org.mtl4j.core.model.ModelLoss;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.model.OutputTensor;
import org.mtl4j.core.model.Supervision;
import org.mtl4j.core.schema.FeatureSpec;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.task.TaskType;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * A model with tasks beside it that have no label: {@link Autoencoder} for reconstructions (Hinton
 * and Salakhutdinov, Science 313, 2006), {@link DeepClusters} for clusterings (Xie, Girshick and
 * Farhadi, "Unsupervised deep embedding for clustering analysis", ICML 2016). The model is given
 * the tasks with labels and the losses that it asks for; where there are none it is not built at
 * all. What they share is the embedding tables: a task without a label reads the features of its
 * group [B, width] as they are, below any bottom, and has its networks in {@code head_TASK}.
 *
 * <p>A reconstruction puts out [B, dims + 2], a clustering [B, clusters + 1], as the columns of
 * their types say. Their outputs follow the model's.
 *
 * @param model the architecture of the tasks with labels
 */
public record Unsupervised(MultiTaskModel model) implements MultiTaskModel {
  private static List<FittedTask> tasks(List<FittedTask> all, boolean unsupervised) {
    return all.stream().filter(t -> t.task().type().isUnsupervised() == unsupervised).toList();
  }

  @Override
  public List<OutputSpec> outputs(List<FittedTask> tasks) {
    List<FittedTask> labelled = tasks(tasks, false);
    List<OutputSpec> outputs = new ArrayList<>();
    if (!labelled.isEmpty()) {
      outputs.addAll(model.outputs(labelled));
    }
    tasks(tasks, true).forEach(task -> outputs.add(OutputSpec.of(task)));
    return outputs;
  }

  @Override
  public void check(List<FeatureSpec> features) {
    model.check(features);
  }

  @Override
  public boolean takesAllFeatures() {
    return model.takesAllFeatures();
  }

  @Override
  public List<String> warnings() {
    return model.warnings();
  }

  @Override
  public MultiTaskModel forTask(String task) {
    return new Unsupervised(model.forTask(task));
  }

  @Override
  public Embeddings embeddings(List<FittedTask> tasks) {
    List<FittedTask> labelled = tasks(tasks, false);
    return labelled.isEmpty() ? Embeddings.one() : model.embeddings(labelled);
  }

  @Override
  public ModelOutputs build(ModelInputs inputs, ModelContext context) {
    List<FittedTask> labelled = tasks(context.tasks(), false);
    List<FittedTask> others = tasks(context.tasks(), true);
    if (others.isEmpty()) {
      return model.build(inputs, context);
    }
    ModelOutputs known =
        labelled.isEmpty()
            ? ModelOutputs.of(List.of(), Set.of())
            : model.build(inputs, new ModelContext(context.graph(), labelled));
    List<OutputTensor> outputs = new ArrayList<>(known.outputs());
    List<ModelLoss> losses =
        new ArrayList<>(
            known.losses().isEmpty() && !labelled.isEmpty()
                ? own(model.outputs(labelled))
                : known.losses());
    for (FittedTask task : others) {
      Optional<Supervision> rows = Optional.ofNullable(inputs.supervision().get(task.name()));
      Learnt learnt =
          learn(context.graph(), inputs.features(), task, rows.map(Supervision::weights));
      outputs.add(new OutputTensor.Finished(task.name(), learnt.prediction()));
      rows.ifPresent(
          r -> losses.add(new ModelLoss.PerExample(task.name(), learnt.loss(), r.weights())));
    }
    return new ModelOutputs(outputs, losses, known.updates(), known.probes(), known.shared());
  }

  /** What a model that names no losses is trained by. */
  private static List<ModelLoss> own(List<OutputSpec> outputs) {
    List<ModelLoss> losses = new ArrayList<>();
    for (OutputSpec output : outputs) {
      if (output.label() instanceof LabelRule.OfTask label) {
        losses.add(new ModelLoss.OfOutput(output.name(), label.task()));
      }
    }
    return losses;
  }

  private static Learnt learn(
      GraphContext root,
      FeatureTensors features,
      FittedTask task,
      Optional<Operand<TFloating>> weights) {
    GraphContext scope = root.scope("head_" + task.name());
    if (task.task().type() instanceof TaskType.Clustering clustering) {
      return new DeepClusters(clustering).apply(scope, features, weights);
    }
    TaskType.Reconstruction type = (TaskType.Reconstruction) task.task().type();
    return new Autoencoder(type.code()).apply(scope, features, weights).learnt(scope.tf());
  }
}
