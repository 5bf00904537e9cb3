package org.mtl4j.core.export;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.file.Folders;
import org.mtl4j.core.file.TfRecord;
import org.mtl4j.core.manifest.ExportFiles;
import org.tensorflow.Tensor;
import org.tensorflow.proto.TensorProto;

/**
 * Writes the requests that a server answers before it serves the export, as TensorFlow Serving
 * reads them: a TFRecord file of {@code PredictionLog} messages. These are five fields around the
 * tensors:
 *
 * <pre>
 * PredictionLog  { PredictLog predict_log = 6; }       PredictLog { PredictRequest request = 1; }
 * PredictRequest { ModelSpec model_spec = 1; map&lt;string, TensorProto&gt; inputs = 2; }
 * ModelSpec      { string name = 1; string signature_name = 3; }
 * </pre>
 *
 * <p>Each signature has a request of one row and one of many: the two take other ways through
 * TensorFlow, which gives work to its threads only where there is enough of it, and the large one
 * makes its memory grow to what a ranked list needs. Shapes in between add nothing, as no kernel is
 * made for a shape.
 */
final class WarmUpWriter {
  private static final int PREDICT_LOG = 6;
  private static final int REQUEST = 1;
  private static final int MODEL_SPEC = 1;
  private static final int INPUTS = 2;
  private static final int NAME = 1;
  private static final int SIGNATURE_NAME = 3;
  private static final int KEY = 1;
  private static final int VALUE = 2;

  private final String model;
  private final SignatureFeeds feeds;

  /**
   * Of an export.
   *
   * @param model its name; servers know it by another, and do not look at this one
   */
  WarmUpWriter(String model, SignatureFeeds feeds) {
    this.model = model;
    this.feeds = feeds;
  }

  /** Writes the file into an export's folder, unless no rows are to be in it. */
  void write(ExportRequest.Replay replay, Path export) throws IOException {
    int rows = Math.min(replay.warmUpRows(), replay.rows().rowCount());
    if (rows == 0) {
      return;
    }
    RawBatch many = new WarmUpRows(feeds.pipeline()).of(replay.rows(), rows);
    Path target = export.resolve(ExportFiles.WARM_UP);
    Folders.make(target.getParent());
    try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(target))) {
      RawBatch one = many.select(new int[] {0});
      for (RawBatch batch : rows == 1 ? new RawBatch[] {one} : new RawBatch[] {one, many}) {
        TfRecord.write(log(SavedModelProto.RAW, feeds.raw(batch)), file);
        TfRecord.write(log(SavedModelProto.ENCODED, feeds.encoded(batch)), file);
      }
    }
  }

  /** The message of a request; closes the tensors. */
  private byte[] log(String signature, Map<String, Tensor> inputs) throws IOException {
    try {
      Message spec = new Message().text(NAME, model).text(SIGNATURE_NAME, signature);
      Message request = new Message().bytes(MODEL_SPEC, spec.toBytes());
      for (Map.Entry<String, Tensor> input : new TreeMap<>(inputs).entrySet()) {
        TensorProto tensor = TensorMessages.of(input.getValue());
        Message entry = new Message().text(KEY, input.getKey()).bytes(VALUE, tensor.toByteArray());
        request.bytes(INPUTS, entry.toBytes());
      }
      Message log = new Message().bytes(REQUEST, request.toBytes());
      return new Message().bytes(PREDICT_LOG, log.toBytes()).toBytes();
    } finally {
      inputs.values().forEach(Tensor::close);
    }
  }

  /** A message's bytes, field by field. */
  private static final class Message {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Message text(int field, String text) throws IOException {
      return bytes(field, ByteString.copyFromUtf8(text).toByteArray());
    }

    Message bytes(int field, byte[] content) throws IOException {
      CodedOutputStream output = CodedOutputStream.newInstance(bytes);
      output.writeByteArray(field, content);
      output.flush();
      return this;
    }

    byte[] toBytes() {
      return bytes.toByteArray();
    }
  }
}
