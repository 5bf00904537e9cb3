package org.mtl4j.core.training;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The numbers of a model in training or out of a checkpoint, read tensor by tensor in pieces of a
 * few megabytes, so that a table never exists twice.
 */
public interface TrainedState {
  /** The tensors, in a fixed order. */
  List<StateTensor> tensors();

  /**
   * Gives a tensor's bytes, in the machine's order, row-major, piece by piece from the first.
   *
   * @throws IOException if the consumer throws it, or the bytes cannot be read
   */
  void read(StateTensor tensor, Pieces pieces) throws IOException;

  /**
   * Gives the bytes of all tensors, in order. A state may know a quicker way than one by one.
   *
   * @throws IOException if the consumer throws it, or the bytes cannot be read
   */
  default void readAll(TensorPieces pieces) throws IOException {
    for (StateTensor tensor : tensors()) {
      read(tensor, piece -> pieces.accept(tensor, piece));
    }
  }

  /** Takes the pieces of a tensor. */
  @FunctionalInterface
  interface Pieces {
    /** Takes the next piece, whole rows of a table; its bytes are overwritten afterwards. */
    void accept(ByteBuffer piece) throws IOException;
  }

  /** Takes the pieces of all tensors. */
  @FunctionalInterface
  interface TensorPieces {
    /** Takes the next piece of a tensor; its bytes are overwritten afterwards. */
    void accept(StateTensor tensor, ByteBuffer piece) throws IOException;
  }
}
