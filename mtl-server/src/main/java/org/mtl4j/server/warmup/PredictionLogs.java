package org.mtl4j.server.warmup;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Map;
import java.util.SortedMap;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.protocol.serving.PredictRequest;
import org.mtl4j.protocol.serving.PredictionLog;
import org.mtl4j.server.grpc.TensorReader;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.serving.tensor.TensorValue;

/** Requests in the messages of a warm-up file. */
final class PredictionLogs {
  private static final String PREDICT_ALONE =
      "Write its requests as predict_log, for the signature that the others name; or remove the"
          + " record.";

  /** Kinds of logs that TensorFlow Serving's definition has and ours leaves out. */
  private static final Map<Integer, String> OTHERS =
      Map.of(5, "a session run", 7, "a streamed predict request");

  private static final TensorReader TENSORS = new TensorReader(WarmUpFile.MAX_RECORD_BYTES);

  private PredictionLogs() {}

  /**
   * The predict request of a record.
   *
   * @throws MtlException EXPORT_INVALID if there is none
   */
  static WarmUpRequest request(WarmUpFile file, int record, byte[] data) {
    PredictionLog log;
    try {
      log = PredictionLog.parseFrom(data);
    } catch (InvalidProtocolBufferException e) {
      throw file.invalid(
          record,
          "expected a message tensorflow.serving.PredictionLog, found other bytes",
          "Write each record as a serialized PredictionLog.");
    }
    return switch (log.getLogTypeCase()) {
      case PREDICT_LOG -> request(file, record, log.getPredictLog().getRequest());
      case CLASSIFY_LOG -> throw other(file, record, "a classify request");
      case REGRESS_LOG -> throw other(file, record, "a regress request");
      case MULTI_INFERENCE_LOG -> throw other(file, record, "a request of several methods");
      case LOGTYPE_NOT_SET -> throw other(file, record, unknown(log));
    };
  }

  private static String unknown(PredictionLog log) {
    return OTHERS.entrySet().stream()
        .filter(kind -> log.getUnknownFields().hasField(kind.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("a PredictionLog without a request");
  }

  private static MtlException other(WarmUpFile file, int record, String found) {
    return file.invalid(record, "expected a predict request, found " + found, PREDICT_ALONE);
  }

  private static WarmUpRequest request(WarmUpFile file, int record, PredictRequest request) {
    SortedMap<String, TensorValue> inputs;
    try {
      inputs = TENSORS.read(request.getInputsMap());
    } catch (RequestException e) {
      throw file.invalid(record, e.getMessage(), "Mend the tensor, or remove the record.");
    }
    String signature = request.getModelSpec().getSignatureName();
    return new WarmUpRequest(
        record,
        signature.isEmpty() ? WarmUpRequest.DEFAULT_SIGNATURE : signature,
        inputs,
        request.getOutputFilterList());
  }
}
