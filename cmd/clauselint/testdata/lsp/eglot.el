;;; A session of Emacs with "clauselint lsp", for TestEmacs.  -*- lexical-binding: t -*-
;; The file to open is in the variable CONTRACT; what Flymake shows goes to the file in
;; RESULT, as JSON.
(package-initialize)
(require 'eglot)
(require 'flymake)
(require 'json)
(require 'cl-lib)

(defun clauselint-test-shown ()
  "What Flymake shows in this buffer, in order: the words underlined and the message."
  (vconcat
   (mapcar (lambda (d)
             `((words . ,(buffer-substring-no-properties (flymake-diagnostic-beg d) (flymake-diagnostic-end d)))
               (message . ,(flymake-diagnostic-text d))))
           (sort (flymake-diagnostics)
                 (lambda (a b) (< (flymake-diagnostic-beg a) (flymake-diagnostic-beg b)))))))

;; How often diagnostics have come.
(defvar clauselint-test-published 0)
(cl-defmethod eglot-handle-notification :after
  (_server (_method (eql textDocument/publishDiagnostics)) &key &allow-other-keys)
  (setq clauselint-test-published (1+ clauselint-test-published)))

(defun clauselint-test-after (n)
  "What Flymake shows once diagnostics have come more than N times; not for ever."
  (let ((tries 0))
    (while (and (< tries 600) (<= clauselint-test-published n))
      (accept-process-output nil 0.1)
      (setq tries (1+ tries))))
  (flymake-start)
  (clauselint-test-shown))

(setq eglot-sync-connect 60 eglot-autoshutdown t eglot-events-buffer-size 0)
(add-to-list 'eglot-server-programs '((text-mode :language-id "markdown") . ("clauselint" "lsp")))
(prefer-coding-system 'utf-8)
(find-file (getenv "CONTRACT"))
(text-mode)
(apply #'eglot (eglot--guess-contact))
(let* ((opened (clauselint-test-after 0))
       (edited (let ((before clauselint-test-published))
                 (goto-char (point-min))
                 (insert "😀 𠮷\n\n")
                 (eglot--signal-textDocument/didChange)
                 (clauselint-test-after before)))
       (hover (progn (goto-char (point-min))
                     (search-forward "不可撤")
                     (jsonrpc-request (eglot--current-server-or-lose) :textDocument/hover
                                      (eglot--TextDocumentPositionParams)))))
  (eglot-shutdown (eglot--current-server-or-lose))
  (set-buffer-modified-p nil)
  (with-temp-file (getenv "RESULT")
    (insert (json-encode `((opened . ,opened) (edited . ,edited)
                           (hover . ,(plist-get (plist-get hover :contents) :value)))))))
