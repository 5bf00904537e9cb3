package org.mtl4j.core.feature;

import java.util.HashMap;
import java.util.Map;
import org.mtl4j.core.feature.TrainingInputs.ListInput;
import org.mtl4j.core.feature.TrainingInputs.Store;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The vectors of a training batch, out of the rows that each store has gathered. What is taken of
 * one embedding has a gradient of exactly 0 in the others.
 */
final class BatchVectors implements FeatureBlocks.Vectors {
  private final Ops tf;
  private final FeatureBlocks layout;
  private final Map<StoreKind, Store> stores;
  private final Map<StoreKind, Map<Integer, Operand<TFloating>>> parts = new HashMap<>();

  BatchVectors(Ops tf, FeatureBlocks layout, Map<StoreKind, Store> stores) {
    this.tf = tf;
    this.layout = layout;
    this.stores = stores;
  }

  /** The gathered rows of one embedding: [U, dim]. */
  private Operand<TFloating> rows(StoreKind kind, int place) {
    Store store = stores.get(kind);
    return parts
        .computeIfAbsent(kind, k -> new HashMap<>())
        .computeIfAbsent(
            place, p -> new RowPart(store.table().width(), kind.dim(), p).of(tf, store.rows(), 2));
  }

  @Override
  public Operand<TFloating> single(StoreKind kind, int place) {
    Operand<TFloating> gathered =
        tf.gather(rows(kind, place), stores.get(kind).inverse(), tf.constant(0));
    int width = layout.columns(kind).size() * kind.dim();
    return tf.reshape(gathered, tf.constant(new int[] {-1, width}));
  }

  @Override
  public ListEncoder.Embedded list(StoreKind kind, int number, int place) {
    ListInput input = stores.get(kind).lists().get(number);
    return new ListEncoder.Embedded(
        tf.gather(rows(kind, place), input.inverse(), tf.constant(0)), input.weights());
  }
}
