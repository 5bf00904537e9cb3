package org.mtl4j.models.home;

import java.util.ArrayList;
import java.util.List;
import org.mtl4j.core.graph.Activation;
import org.mtl4j.core.graph.Dense;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.models.component.ExpertOutputs;
import org.mtl4j.models.component.Gates;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * A level of the hierarchy in one pass: banks of experts, and whoever owns one mixing his own with
 * others that he may see.
 *
 * @param scope of the level
 * @param name of the level, before its probes' names
 * @param experts what each is
 * @param gates of the pass
 */
record Level(GraphContext scope, String name, HomeExperts experts, Gates gates) {
  /** Whose experts and gates they are: all tasks', a group's or a task's; how parts are called. */
  record Owner(String before, String after) {
    static final Owner ALL = new Owner("", "");

    static Owner group(String group) {
      return new Owner("group_", "_" + group);
    }

    static Owner task(FittedTask task) {
      return new Owner("", "_" + task.name());
    }

    String part(String name) {
      return before + name + after;
    }
  }

  /** Experts, and under which names they are looked at. */
  record Bank(List<String> names, List<Operand<TFloating>> outputs) {}

  /** So many experts of an owner over x [B, in]. */
  Bank bank(Owner owner, int count, Operand<TFloating> x) {
    GraphContext own = scope.scope(owner.part("experts"));
    List<Operand<TFloating>> outputs = experts.apply(own, count, x);
    String probe = name + "/" + owner.part("expert");
    return new Bank(gates.see(probe, own.scope("probes"), ExpertOutputs.of(outputs)), outputs);
  }

  /**
   * What an owner makes of experts: gate(x) [all of them] + self gate(x) [his own].
   *
   * @param tasks whom it is for
   * @param seen whether the gate is looked at
   * @param x what both gates go by [B, in]
   * @param banks his own first
   */
  Operand<TFloating> mix(
      Owner owner, List<FittedTask> tasks, boolean seen, Operand<TFloating> x, List<Bank> banks) {
    List<String> names = new ArrayList<>();
    List<Operand<TFloating>> outputs = new ArrayList<>();
    for (Bank bank : banks) {
      names.addAll(bank.names());
      outputs.addAll(bank.outputs());
    }
    GraphContext own = scope.scope(owner.part("gate"));
    String probe = seen ? name + "/gate" : Gates.UNSEEN;
    Operand<TFloating> gate = gates.gate(own, probe, tasks, x, names);
    return scope
        .tf()
        .math
        .add(ExpertOutputs.of(outputs).mix(own, gate), ofHisOwn(owner, x, banks.get(0)));
  }

  /** By a softmax; of a single expert by a sigmoid. */
  private Operand<TFloating> ofHisOwn(Owner owner, Operand<TFloating> x, Bank bank) {
    GraphContext own = scope.scope(owner.part("self_gate"));
    Ops tf = own.tf();
    int count = bank.outputs().size();
    Operand<TFloating> logits = new Dense(count, Activation.LINEAR).apply(own, x);
    Operand<TFloating> weights = count == 1 ? tf.math.sigmoid(logits) : tf.nn.softmax(logits);
    return ExpertOutputs.of(bank.outputs()).mix(own, weights);
  }
}
