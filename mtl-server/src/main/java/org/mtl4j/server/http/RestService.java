package org.mtl4j.server.http;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.util.Exceptions;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.concurrent.CompletableFuture;
import org.mtl4j.server.example.Classifications;
import org.mtl4j.server.example.ExampleCall;
import org.mtl4j.server.example.ExampleRequest;
import org.mtl4j.server.example.Regressions;
import org.mtl4j.server.feedback.FeedbackReader;
import org.mtl4j.server.inference.Call;
import org.mtl4j.server.inference.Inference;
import org.mtl4j.server.model.Lease;
import org.mtl4j.server.recommend.RecommendWriter;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.request.RequestLimits;
import org.mtl4j.server.request.StatusCode;
import org.mtl4j.server.rest.ExampleReader;
import org.mtl4j.server.rest.MetadataWriter;
import org.mtl4j.server.rest.PredictReader;
import org.mtl4j.server.rest.PredictRequest;
import org.mtl4j.server.rest.ReplyWriter;
import org.mtl4j.server.rest.RestPath;
import org.mtl4j.server.rest.ResultWriter;
import org.mtl4j.server.rest.StatusWriter;
import org.mtl4j.server.trace.Api;
import org.mtl4j.serving.tensor.Signature;

/** TensorFlow Serving's REST services. Safe for several threads. */
final class RestService implements HttpService {
  private final Inference inference;
  private final RequestLimits limits;
  private final RankingCalls ranking;
  private final Reading reading;

  RestService(Inference inference, RequestLimits limits, RankingCalls ranking, Reading reading) {
    this.inference = inference;
    this.limits = limits;
    this.ranking = ranking;
    this.reading = reading;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    RestPath path;
    try {
      path = RestPath.parse(request.method().name(), rawPath(request));
      RequestNotes.of(context).asks(api(path.call()));
      if (path.call() == RestPath.Call.STATUS) {
        return Replies.json(StatusWriter.write(inference.models().status(path.model())));
      }
      if (path.call() == RestPath.Call.METADATA) {
        return metadata(context, path);
      }
    } catch (RequestException e) {
      return failed(context, e);
    }
    return HttpResponse.of(
        request
            .aggregate()
            .thenCompose(
                body ->
                    reading.of(context, body.content().length(), () -> answer(context, path, body)))
            .thenApply(Replies::json)
            .exceptionally(failure -> failed(context, failure)));
  }

  private static HttpResponse failed(ServiceRequestContext context, Throwable failure) {
    RequestException answer = FailedCalls.of(failure);
    RequestNotes.of(context).failed(answer.code());
    return FailedCalls.isArmerias(failure)
        ? HttpResponse.ofFailure(Exceptions.peel(failure))
        : Replies.failed(answer);
  }

  private static Api api(RestPath.Call call) {
    return switch (call) {
      case PREDICT -> Api.PREDICT;
      case CLASSIFY -> Api.CLASSIFY;
      case REGRESS -> Api.REGRESS;
      case RECOMMEND -> Api.RECOMMEND;
      case FEEDBACK -> Api.FEEDBACK;
      case STATUS -> Api.STATUS;
      case METADATA -> Api.METADATA;
    };
  }

  private static String rawPath(HttpRequest request) {
    String path = request.path();
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }

  private HttpResponse metadata(ServiceRequestContext context, RestPath path) {
    try (Lease lease = inference.models().lease(path.model())) {
      RequestNotes.of(context).answeredBy(lease);
      return Replies.json(
          MetadataWriter.write(lease.model(), lease.version(), lease.servable().signatures()));
    }
  }

  private CompletableFuture<byte[]> answer(
      ServiceRequestContext context, RestPath path, AggregatedHttpRequest body) {
    byte[] json = body.content().array();
    if (path.call() == RestPath.Call.FEEDBACK) {
      return ranking
          .feedback(
              context,
              path.model(),
              (server, now) -> FeedbackReader.DEFAULT.read(json, server, now))
          .thenApply(FeedbackReader::reply);
    }
    return Answering.with(
        inference,
        context,
        path.model(),
        lease -> {
          inference.checkRoom(lease);
          return switch (path.call()) {
            case PREDICT -> predict(context, lease, json);
            case CLASSIFY -> examples(context, lease, ExampleCall.CLASSIFY, json);
            case REGRESS -> examples(context, lease, ExampleCall.REGRESS, json);
            case RECOMMEND ->
                ranking
                    .recommend(context, lease, RankingCalls.READER.read(json))
                    .thenApply(RecommendWriter::write);
            case FEEDBACK, STATUS, METADATA ->
                throw new IllegalArgumentException("answered elsewhere: " + path.call());
          };
        });
  }

  private CompletableFuture<byte[]> predict(
      ServiceRequestContext context, Lease lease, byte[] json) {
    PredictRequest request =
        PredictReader.read(
            json, name -> lease.signature(name, StatusCode.INVALID_ARGUMENT), limits);
    Signature signature = lease.servable().signatures().get(request.signature());
    Call call = new Call(request.signature(), request.inputs(), signature.outputs().keySet());
    return Computing.of(inference, context, lease, call)
        .thenApply(outputs -> ReplyWriter.write(outputs, request.layout()));
  }

  private CompletableFuture<byte[]> examples(
      ServiceRequestContext context, Lease lease, ExampleCall call, byte[] json) {
    ExampleRequest request = ExampleReader.read(json, limits);
    return ExampleCalls.compute(inference, context, lease, call, request)
        .thenApply(
            outputs ->
                call == ExampleCall.CLASSIFY
                    ? ResultWriter.write(Classifications.of(outputs, request.rows()))
                    : ResultWriter.write(Regressions.of(outputs, request.rows())));
  }

  /** Other paths than the protocol's. */
  static HttpResponse notFound() {
    return Replies.error(HttpStatus.NOT_FOUND, "Not found; paths begin with /v1/models/NAME.");
  }
}
