package org.mtl4j.models.snr;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Initializer;
import org.mtl4j.core.graph.Mlp;
import org.mtl4j.core.graph.WideOps;
import org.mtl4j.core.model.ModelContext;
import org.mtl4j.core.model.ModelInputs;
import org.mtl4j.core.model.ModelLoss;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.OutputTensor;
import org.mtl4j.core.model.Probe;
import org.mtl4j.models.component.Regularized;
import org.mtl4j.models.component.TowerHeads;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Levels of sub-networks with routes between them, which both models are made of.
 *
 * @param name the model's
 * @param count sub-networks a level
 * @param levels how many
 * @param network the layers of one sub-network
 * @param transforms whether a route multiplies by a matrix of its own
 */
record SubNetworks(String name, int count, int levels, Mlp network, boolean transforms) {
  private static final int MOST = 64;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  SubNetworks {
    check("networks", count);
    check("levels", levels);
  }

  private static void check(String key, int found) {
    if (found < 1 || found > MOST) {
      throw new IllegalArgumentException(
          "%s: expected 1 to %d, found %d".formatted(key, MOST, found));
    }
  }

  /** A forward pass under towers, with a loss for each gate that is not shut. */
  ModelOutputs build(ModelInputs inputs, ModelContext context, TowerHeads towers, double l0) {
    GraphContext scope = context.graph().scope(name);
    Map<String, Probe> probes = new LinkedHashMap<>();
    List<ModelLoss.Regularizer> losses = new ArrayList<>();
    List<Operand<TFloating>> hidden = new ArrayList<>();
    for (int j = 0; j < count; j++) {
      hidden.add(inputs.features().all());
    }
    for (int level = 1; level <= levels; level++) {
      GraphContext own = scope.scope("level_" + level);
      for (int j = 0; j < count; j++) {
        String network = "network_" + (j + 1);
        hidden.set(j, this.network.apply(own.scope(network), hidden.get(j)));
        probes.put("level_" + level + "/" + network, new Probe.Expert(hidden.get(j)));
      }
      int above = level < levels ? count : context.tasks().size();
      Routes routes = new Routes(own.scope("routes"), count, above);
      Operand<TFloating> gates = routes.gates();
      probes.put("level_" + level + "/routes", new Probe.Weights(gates));
      if (l0 > 0) {
        losses.add(routes.open(l0));
      }
      hidden = routed(own.scope("routes"), hidden, gates, above);
    }
    List<OutputTensor> logits = new ArrayList<>();
    for (int t = 0; t < context.tasks().size(); t++) {
      logits.add(towers.logit(context.graph(), context.tasks().get(t), hidden.get(t)));
    }
    return ModelOutputs.of(logits, Set.of(name))
        .withProbes(probes)
        .withLosses(Regularized.losses(context.tasks(), losses));
  }

  /** What each of those above gets: the sum over those below of gate * (matrix times) output. */
  private List<Operand<TFloating>> routed(
      GraphContext scope, List<Operand<TFloating>> below, Operand<TFloating> gates, int above) {
    Ops tf = scope.tf();
    List<Operand<TFloating>> inputs = new ArrayList<>();
    for (int j = 0; j < above; j++) {
      List<Operand<TFloating>> open = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Operand<TFloating> gate =
            tf.slice(gates, tf.constant(new int[] {i, j}), tf.constant(new int[] {1, 1}));
        open.add(tf.math.mul(below.get(i), gate));
      }
      inputs.add(transforms ? transformed(scope, j, open) : WideOps.sum(tf, open));
    }
    return inputs;
  }

  /** The sum of products with a matrix a route, as one product. */
  private Operand<TFloating> transformed(
      GraphContext scope, int to, List<Operand<TFloating>> open) {
    Ops tf = scope.tf();
    int width = GraphContext.width(open.get(0));
    Operand<TFloating> matrices =
        scope
            .scope("to_" + (to + 1))
            .variable(
                "kernel",
                Shape.of((long) count * width, width),
                Initializer.glorotUniform(width, width));
    return tf.linalg.matMul(WideOps.concat(tf, open, 1), matrices);
  }
}
