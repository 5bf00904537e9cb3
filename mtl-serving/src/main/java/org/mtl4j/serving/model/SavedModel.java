package org.mtl4j.serving.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.serving.tensor.Signature;
import org.mtl4j.serving.tensor.TensorMismatchException;
import org.mtl4j.serving.tensor.TensorSpec;
import org.mtl4j.serving.tensor.TensorValue;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.TensorFlow;
import org.tensorflow.exceptions.TFInvalidArgumentException;

/**
 * A SavedModel, whoever wrote it: its signatures by name, tensors in and tensors out. Running is
 * safe from several threads. Close it when nothing runs any more: it holds native memory.
 */
public final class SavedModel implements AutoCloseable {
  private final SavedModelBundle bundle;
  private final Signatures signatures;

  private SavedModel(SavedModelBundle bundle) {
    this.bundle = bundle;
    this.signatures = Signatures.of(bundle.metaGraphDef().getSignatureDefMap());
  }

  /**
   * Loads the version in a folder, which has {@code saved_model.pb}. A SavedModel is a program:
   * load those of people you would run programs of.
   *
   * @throws MtlException EXPORT_INVALID if TensorFlow cannot load it
   */
  public static SavedModel load(Path folder) {
    return new SavedModel(Bundles.load(folder));
  }

  /**
   * Loads TensorFlow's native library, which takes more than half a second, for who has other
   * things to do until a model can be loaded. Loading one does it too.
   *
   * @throws LinkageError if it cannot be loaded
   */
  public static void loadLibrary() {
    TensorFlow.version();
  }

  /** What TensorFlow has loaded. */
  SavedModelBundle bundle() {
    return bundle;
  }

  /** What it computes, by name. */
  public SortedMap<String, Signature> signatures() {
    return signatures.served();
  }

  /**
   * By name, with the reason, what it computes too and nobody can ask for: of types that no request
   * can carry (complex numbers), or that TensorFlow Java has not (int8, int16, uint32, uint64), or
   * of sparse tensors.
   */
  public SortedMap<String, String> refusedSignatures() {
    return signatures.refused();
  }

  /**
   * Computes outputs.
   *
   * @param signature one of {@link #signatures}
   * @param inputs a tensor for each of the signature's, and no others
   * @param outputs names of those that are wanted
   * @return per name its tensor, in the order of names
   * @throws TensorMismatchException if the inputs are not those of the signature by name, type and
   *     shape, or no output is wanted or one that there is not
   * @throws IllegalArgumentException if TensorFlow says that the values fit no such computation
   */
  public SortedMap<String, TensorValue> run(
      Signature signature, Map<String, TensorValue> inputs, Collection<String> outputs) {
    checkNames("inputs", inputs.keySet(), signature.inputs().keySet());
    checkNames("outputs", outputs, signature.outputs().keySet());
    List<Tensor> feeds = new ArrayList<>();
    try {
      Session.Runner runner = bundle.session().runner();
      for (Map.Entry<String, TensorSpec> input : signature.inputs().entrySet()) {
        Tensor feed = NativeTensors.of(input.getKey(), input.getValue(), inputs);
        feeds.add(feed);
        runner.feed(input.getValue().tensor(), feed);
      }
      SortedMap<String, TensorSpec> wanted = new TreeMap<>();
      outputs.forEach(name -> wanted.put(name, signature.outputs().get(name)));
      wanted.values().forEach(output -> runner.fetch(output.tensor()));
      return run(runner, wanted);
    } finally {
      feeds.forEach(Tensor::close);
    }
  }

  private static void checkNames(String what, Collection<String> found, Set<String> known) {
    if ((found.isEmpty() && !known.isEmpty()) || !known.containsAll(found)) {
      throw new TensorMismatchException(
          "%s: expected some of %s, found %s".formatted(what, known, found));
    }
  }

  private static SortedMap<String, TensorValue> run(
      Session.Runner runner, SortedMap<String, TensorSpec> wanted) {
    try (Result result = runner.run()) {
      SortedMap<String, TensorValue> values = new TreeMap<>();
      int i = 0;
      for (Map.Entry<String, TensorSpec> output : wanted.entrySet()) {
        values.put(output.getKey(), NativeTensors.value(output.getValue().type(), result.get(i)));
        i++;
      }
      return values;
    } catch (TFInvalidArgumentException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    bundle.close();
  }
}
