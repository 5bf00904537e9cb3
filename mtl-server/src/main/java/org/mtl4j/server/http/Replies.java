package org.mtl4j.server.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import org.mtl4j.server.request.RequestException;

/** Answers over HTTP. */
final class Replies {
  private Replies() {}

  /** A JSON document. */
  static HttpResponse json(byte[] document) {
    return HttpResponse.of(HttpStatus.OK, MediaType.JSON, HttpData.wrap(document));
  }

  /** A failure, as TensorFlow Serving writes it. */
  static HttpResponse failed(RequestException answer) {
    return error(HttpStatus.valueOf(answer.code().http()), answer.getMessage());
  }

  static HttpResponse error(HttpStatus status, String message) {
    return HttpResponse.of(status, MediaType.JSON, HttpData.ofUtf8(errorJson(message)));
  }

  static String errorJson(String message) {
    return "{\"error\": \""
        + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(message))
        + "\"}";
  }
}
