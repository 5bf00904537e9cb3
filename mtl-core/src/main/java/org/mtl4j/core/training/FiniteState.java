package org.mtl4j.core.training;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A state that is given away only as far as it is finite, so that a checkpoint of a diverged run
 * cannot exist: with finite gradients, too, an update may leave a type's range. Reading it throws
 * DIVERGED at the first number that is not finite.
 *
 * @param state the numbers
 * @param step the step that they are of
 */
record FiniteState(TrainedState state, long step) implements TrainedState {
  @Override
  public List<StateTensor> tensors() {
    return state.tensors();
  }

  @Override
  public void read(StateTensor tensor, Pieces pieces) throws IOException {
    Check check = new Check(step);
    state.read(
        tensor,
        piece -> {
          check.accept(tensor, piece);
          pieces.accept(piece);
        });
  }

  @Override
  public void readAll(TensorPieces pieces) throws IOException {
    Check check = new Check(step);
    state.readAll(
        (tensor, piece) -> {
          check.accept(tensor, piece);
          pieces.accept(tensor, piece);
        });
  }

  /** Reads all of it for nothing but the check. */
  void check() throws IOException {
    readAll((tensor, piece) -> {});
  }

  /** Looks at pieces of tensors as they come. */
  private static final class Check {
    private final long step;
    private StateTensor current;
    private long before;

    Check(long step) {
      this.step = step;
    }

    void accept(StateTensor tensor, ByteBuffer piece) {
      if (!tensor.equals(current)) {
        current = tensor;
        before = 0;
      }
      int element = Tensors.firstNotFinite(tensor.type(), piece);
      if (element >= 0) {
        List<Divergence.Place> places = List.of(place(before + element));
        throw new Divergence(step, Map.of(), places, Map.of(), Map.of()).failure();
      }
      before += piece.remaining() / Tensors.width(tensor.type());
    }

    private Divergence.Place place(long element) {
      return new Divergence.Place(
          current.name(),
          current.byRows() ? Optional.of(element / current.shape().get(1)) : Optional.empty());
    }
  }
}
