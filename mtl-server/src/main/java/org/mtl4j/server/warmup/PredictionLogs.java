package org.mtl4j.server.warmup;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.protocol.serving.PredictRequest;
import org.mtl4j.protocol.serving.PredictionLog;
import org.mtl4j.server.example.ExampleCall;
import org.mtl4j.server.example.ExampleRequest;
import org.mtl4j.server.example.MultiInference;
import org.mtl4j.server.grpc.ExampleMessages;
import org.mtl4j.server.grpc.ModelSpecs;
import org.mtl4j.server.grpc.MultiInferenceMessages;
import org.mtl4j.server.grpc.TensorReader;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.request.RequestLimits;

/** Requests in the messages of a warm-up file. */
final class PredictionLogs {
  private static final String REMEDY =
      "Write the record as a request that the model answers, or remove it.";

  /** Kinds of logs that TensorFlow Serving's definition has and ours leaves out. */
  private static final Map<Integer, String> OTHERS =
      Map.of(5, "a session run", 7, "a streamed predict request");

  private PredictionLogs() {}

  /**
   * The requests of a record: one, or as many as a multi-inference has tasks.
   *
   * @throws MtlException EXPORT_INVALID if there is none
   */
  static List<WarmUpRequest> requests(WarmUpFile file, int record, byte[] data) {
    try {
      return requests(record, PredictionLog.parseFrom(data));
    } catch (InvalidProtocolBufferException e) {
      throw file.invalid(
          record,
          "expected a message tensorflow.serving.PredictionLog, found other bytes",
          "Write each record as a serialized PredictionLog.");
    } catch (RequestException e) {
      throw file.invalid(record, e.getMessage(), REMEDY);
    }
  }

  private static List<WarmUpRequest> requests(int record, PredictionLog log) {
    RequestLimits limits = RequestLimits.DEFAULT;
    return switch (log.getLogTypeCase()) {
      case PREDICT_LOG -> List.of(predict(record, log.getPredictLog().getRequest(), limits));
      case CLASSIFY_LOG ->
          List.of(
              examples(record, ExampleMessages.read(log.getClassifyLog().getRequest(), limits)));
      case REGRESS_LOG ->
          List.of(examples(record, ExampleMessages.read(log.getRegressLog().getRequest(), limits)));
      case MULTI_INFERENCE_LOG -> {
        MultiInference several =
            MultiInferenceMessages.read(log.getMultiInferenceLog().getRequest(), limits);
        yield several.tasks().stream()
            .map(task -> examples(record, several.request(task)))
            .toList();
      }
      case LOGTYPE_NOT_SET ->
          throw RequestException.invalid(
              "expected a request that can be warmed up with, found " + unknown(log));
    };
  }

  private static String unknown(PredictionLog log) {
    return OTHERS.entrySet().stream()
        .filter(kind -> log.getUnknownFields().hasField(kind.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("a PredictionLog without one");
  }

  private static WarmUpRequest predict(int record, PredictRequest request, RequestLimits limits) {
    return new WarmUpRequest(
        record,
        ModelSpecs.signature(request.getModelSpec()),
        new TensorReader(limits.bytes()).read(request.getInputsMap()),
        request.getOutputFilterList());
  }

  /** All outputs of its signature are computed: which ones a reply is made of costs the same. */
  private static WarmUpRequest examples(int record, ExampleRequest request) {
    return new WarmUpRequest(
        record,
        request.signature(),
        new TreeMap<>(Map.of(ExampleCall.INPUTS, request.examples())),
        List.of());
  }
}
