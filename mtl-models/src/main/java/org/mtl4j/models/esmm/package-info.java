/** The entire space multi-task model: Ma and others 2018. */
package org.mtl4j.models.esmm;
