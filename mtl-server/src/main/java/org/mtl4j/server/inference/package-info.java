/** What a request asks a model, whatever protocol it came by. */
package org.mtl4j.server.inference;
