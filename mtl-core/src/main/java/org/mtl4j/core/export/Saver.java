package org.mtl4j.core.export;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Identity;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.train.Restore;
import org.tensorflow.proto.SaverDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/**
 * The operations that write a graph's variables to a SavedModel's bundle and read them back.
 * TensorFlow Java's own saver handles reference variables only; these handle resources.
 */
final class Saver {
  private final Placeholder<TString> path;
  private final Identity<TString> save;
  private final Operation restore;

  Saver(ExportGraph graph) {
    Ops tf = Ops.create(graph.graph()).withSubScope("save");
    List<ExportGraph.Resource> resources = graph.resources();
    String[] names = resources.stream().map(ExportGraph.Resource::name).toArray(String[]::new);
    String[] whole = new String[names.length];
    Arrays.fill(whole, "");
    this.path = tf.withName("path").placeholder(TString.class, Placeholder.shape(Shape.scalar()));
    Operand<TString> tensorNames = tf.array(names);
    Operand<TString> slices = tf.array(whole);
    List<Operand<?>> values = new ArrayList<>();
    resources.forEach(r -> values.add(tf.readVariableOp(r.handle(), TFloat32.class)));
    Op written = tf.train.save(path, tensorNames, slices, values);
    this.save = tf.withControlDependencies(written).withName("saved_path").identity(path);
    this.restore = restore(tf, resources, tensorNames, slices).op();
  }

  private Op restore(
      Ops tf,
      List<ExportGraph.Resource> resources,
      Operand<TString> names,
      Operand<TString> slices) {
    List<Class<? extends TType>> types = new ArrayList<>();
    resources.forEach(r -> types.add(TFloat32.class));
    Restore values = tf.train.restore(path, names, slices, types);
    List<Op> assignments = new ArrayList<>();
    for (int i = 0; i < resources.size(); i++) {
      assignments.add(tf.assignVariableOp(resources.get(i).handle(), values.tensors().get(i)));
    }
    return tf.withControlDependencies(assignments).withName("restore_all").noOp();
  }

  /**
   * Writes the variables of a session under a path prefix.
   *
   * @throws IOException if TensorFlow cannot write them, on a full disk say
   */
  void save(Session session, String prefix) throws IOException {
    try (TString target = TString.scalarOf(prefix)) {
      session.runner().feed(path, target).addTarget(save.op()).run().close();
    } catch (TensorFlowException e) {
      throw new IOException("TensorFlow cannot write the variables: " + e.getMessage(), e);
    }
  }

  /** What a loader needs to know of the operations. */
  SaverDef definition() {
    return SaverDef.newBuilder()
        .setFilenameTensorName(path.op().name() + ":0")
        .setSaveTensorName(save.op().name() + ":0")
        .setRestoreOpName(restore.name())
        .setMaxToKeep(1)
        .setVersion(SaverDef.CheckpointFormatVersion.V2)
        .build();
  }
}
