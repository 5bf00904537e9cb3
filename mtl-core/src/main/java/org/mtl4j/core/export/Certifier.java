package org.mtl4j.core.export;

import java.nio.file.Path;
import java.util.Map;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.graph.Sessions;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.core.model.Predictions;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Tensor;
import org.tensorflow.types.TFloat32;

/**
 * Loads an export and replays a batch: the trainer's predictions, the raw signature and the encoded
 * one must agree within |a - b| at most 1e-6 + 1e-5 |b|.
 */
final class Certifier {
  private static final double ABSOLUTE = 1e-6;
  private static final double RELATIVE = 1e-5;

  private final SignatureFeeds feeds;

  Certifier(SignatureFeeds feeds) {
    this.feeds = feeds;
  }

  /**
   * The certificate of the export in a folder.
   *
   * @throws MtlException CERTIFICATE_FAILED with output, row and both numbers
   */
  ModelManifest.Certificate certify(Path export, ExportRequest.Replay replay) {
    try (SavedModelBundle bundle = Sessions.load(export)) {
      Map<String, Tensor> raw = feeds.raw(replay.rows());
      double difference = replay(bundle, SavedModelProto.RAW, raw, replay.expected());
      Map<String, Tensor> encoded = feeds.encoded(replay.rows());
      difference =
          Math.max(difference, replay(bundle, SavedModelProto.ENCODED, encoded, replay.expected()));
      return new ModelManifest.Certificate(replay.rows().rowCount(), difference);
    }
  }

  private double replay(
      SavedModelBundle bundle, String signature, Map<String, Tensor> feeds, Predictions expected) {
    double largest = 0;
    try (Result result = bundle.function(signature).call(feeds)) {
      for (Map.Entry<String, float[]> output : expected.values().entrySet()) {
        TFloat32 tensor = (TFloat32) result.get(output.getKey()).orElseThrow();
        float[] found = new float[Math.toIntExact(tensor.size())];
        tensor.asRawTensor().data().asFloats().read(found);
        largest = Math.max(largest, compare(signature, output, found));
      }
    } finally {
      feeds.values().forEach(Tensor::close);
    }
    return largest;
  }

  private static double compare(
      String signature, Map.Entry<String, float[]> output, float[] found) {
    float[] expected = output.getValue();
    double largest = 0;
    for (int i = 0; i < Math.max(expected.length, found.length); i++) {
      double difference = Math.abs((double) expected[i] - found[i]);
      if (!(difference <= ABSOLUTE + RELATIVE * Math.abs(expected[i]))) {
        throw new MtlException(
            new Problem(
                ErrorCode.CERTIFICATE_FAILED,
                signature,
                "The export computes %s for \"%s\" at position %d, where the trainer computes %s."
                    .formatted(found[i], output.getKey(), i, expected[i]),
                "This is a fault of MTL4J, or of a model's build method that differs between its"
                    + " two passes; the export was not written."));
      }
      largest = Math.max(largest, difference);
    }
    return largest;
  }
}
