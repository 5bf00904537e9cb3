package org.mtl4j.server.http;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.mtl4j.protocol.serving.ClassificationRequest;
import org.mtl4j.protocol.serving.ClassificationResponse;
import org.mtl4j.protocol.serving.GetModelMetadataRequest;
import org.mtl4j.protocol.serving.GetModelMetadataResponse;
import org.mtl4j.protocol.serving.InferenceResult;
import org.mtl4j.protocol.serving.ModelSpec;
import org.mtl4j.protocol.serving.MultiInferenceRequest;
import org.mtl4j.protocol.serving.MultiInferenceResponse;
import org.mtl4j.protocol.serving.PredictRequest;
import org.mtl4j.protocol.serving.PredictResponse;
import org.mtl4j.protocol.serving.PredictionServiceGrpc;
import org.mtl4j.protocol.serving.RegressionRequest;
import org.mtl4j.protocol.serving.RegressionResponse;
import org.mtl4j.server.example.Classifications;
import org.mtl4j.server.example.ExampleCall;
import org.mtl4j.server.example.ExampleRequest;
import org.mtl4j.server.example.MultiInference;
import org.mtl4j.server.example.Regressions;
import org.mtl4j.server.grpc.ExampleMessages;
import org.mtl4j.server.grpc.MetadataMessages;
import org.mtl4j.server.grpc.ModelSpecs;
import org.mtl4j.server.grpc.MultiInferenceMessages;
import org.mtl4j.server.grpc.PredictMessages;
import org.mtl4j.server.grpc.PredictTensors;
import org.mtl4j.server.inference.Call;
import org.mtl4j.server.inference.Inference;
import org.mtl4j.server.model.Lease;
import org.mtl4j.server.request.RequestLimits;
import org.mtl4j.server.trace.Api;
import org.mtl4j.serving.tensor.Signature;

/** TensorFlow Serving's PredictionService. Safe for several threads. */
final class GrpcPredictionService extends PredictionServiceGrpc.PredictionServiceImplBase {
  private final GrpcCalls calls;
  private final Inference inference;
  private final RequestLimits limits;

  GrpcPredictionService(GrpcCalls calls, Inference inference, RequestLimits limits) {
    this.calls = calls;
    this.inference = inference;
    this.limits = limits;
  }

  @Override
  public void predict(PredictRequest request, StreamObserver<PredictResponse> observer) {
    calls.compute(
        observer,
        Api.PREDICT,
        request,
        () -> ModelSpecs.address(request.getModelSpec()),
        (context, lease) -> predict(context, lease, request));
  }

  private CompletableFuture<PredictResponse> predict(
      ServiceRequestContext context, Lease lease, PredictRequest request) {
    String name = ModelSpecs.signature(request.getModelSpec());
    Signature signature = PredictMessages.signature(lease.servable().signatures(), name);
    PredictTensors tensors = PredictMessages.read(request, signature, limits);
    Call call = new Call(name, tensors.inputs(), tensors.outputs());
    return Computing.of(inference, context, lease, call)
        .thenApply(outputs -> PredictMessages.write(outputs, spec(lease, name)));
  }

  private static ModelSpec spec(Lease lease, String signature) {
    return ModelSpecs.of(lease.model(), lease.version(), signature);
  }

  @Override
  public void classify(
      ClassificationRequest request, StreamObserver<ClassificationResponse> observer) {
    calls.compute(
        observer,
        Api.CLASSIFY,
        request,
        () -> ModelSpecs.address(request.getModelSpec()),
        (context, lease) ->
            classify(
                context,
                lease,
                ExampleMessages.read(request, limits),
                (classes, spec) -> ExampleMessages.write(classes, spec)));
  }

  private <T> CompletableFuture<T> classify(
      ServiceRequestContext context,
      Lease lease,
      ExampleRequest examples,
      BiFunction<Classifications, ModelSpec, T> write) {
    return ExampleCalls.compute(inference, context, lease, ExampleCall.CLASSIFY, examples)
        .thenApply(
            outputs ->
                write.apply(
                    Classifications.of(outputs, examples.rows()),
                    spec(lease, examples.signature())));
  }

  @Override
  public void regress(RegressionRequest request, StreamObserver<RegressionResponse> observer) {
    calls.compute(
        observer,
        Api.REGRESS,
        request,
        () -> ModelSpecs.address(request.getModelSpec()),
        (context, lease) ->
            regress(
                context,
                lease,
                ExampleMessages.read(request, limits),
                (numbers, spec) -> ExampleMessages.write(numbers, spec)));
  }

  private <T> CompletableFuture<T> regress(
      ServiceRequestContext context,
      Lease lease,
      ExampleRequest examples,
      BiFunction<Regressions, ModelSpec, T> write) {
    return ExampleCalls.compute(inference, context, lease, ExampleCall.REGRESS, examples)
        .thenApply(
            outputs ->
                write.apply(
                    Regressions.of(outputs, examples.rows()), spec(lease, examples.signature())));
  }

  @Override
  public void multiInference(
      MultiInferenceRequest request, StreamObserver<MultiInferenceResponse> observer) {
    calls.compute(
        observer,
        Api.MULTI_INFERENCE,
        request,
        () -> MultiInferenceMessages.address(request),
        (context, lease) -> all(context, lease, MultiInferenceMessages.read(request, limits)));
  }

  private CompletableFuture<MultiInferenceResponse> all(
      ServiceRequestContext context, Lease lease, MultiInference tasks) {
    List<Signature> signatures = new ArrayList<>();
    for (MultiInference.Task task : tasks.tasks()) {
      Signature signature = ExampleCall.signature(lease.servable().signatures(), task.signature());
      task.call().outputs(signature);
      signatures.add(signature);
    }
    MultiInference.checkSameInput(signatures);
    CompletableFuture<List<InferenceResult>> results = CompletableFuture.completedFuture(List.of());
    for (MultiInference.Task task : tasks.tasks()) {
      CompletableFuture<InferenceResult> result =
          task.call() == ExampleCall.CLASSIFY
              ? classify(context, lease, tasks.request(task), MultiInferenceMessages::result)
              : regress(context, lease, tasks.request(task), MultiInferenceMessages::result);
      results = results.thenCombine(result, GrpcPredictionService::with);
    }
    return results.thenApply(MultiInferenceMessages::write);
  }

  private static <T> List<T> with(List<T> before, T one) {
    List<T> all = new ArrayList<>(before);
    all.add(one);
    return all;
  }

  @Override
  public void getModelMetadata(
      GetModelMetadataRequest request, StreamObserver<GetModelMetadataResponse> observer) {
    GrpcCalls.answer(
        observer,
        Api.METADATA,
        context ->
            Answering.with(
                inference,
                context,
                MetadataMessages.read(request),
                lease ->
                    CompletableFuture.completedFuture(
                        MetadataMessages.write(
                            lease.model(), lease.version(), lease.servable().signatures()))));
  }
}
